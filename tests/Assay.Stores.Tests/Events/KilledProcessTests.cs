using Assay.Embedded.Events;
using Assay.Embedded.Events.Experiments;
using Assay.Embedded.Sqlite;
using Assay.Prices;
using Assay.Stores.Tests.Events.Experiments;

namespace Assay.Stores.Tests.Events;

public sealed class KilledProcessTests : IDisposable
{
    private const int Rounds = 6;

    private readonly string folder = Directory.CreateTempSubdirectory("assay-killed-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill_and_sums_are_those_of_the_spans()
    {
        var random = new Random(20265);
        var acknowledged = new HashSet<int>();
        for (var round = 0; round < Rounds; round++)
        {
            var from = Math.Max(1, acknowledged.Count == 0 ? 1 : acknowledged.Max() - 20);
            await KillAsync(from, 1 + random.Next(120), TimeSpan.FromTicks(random.Next(100_000)), acknowledged);
            await CheckAsync(acknowledged);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} acknowledged batches in {Rounds} rounds");
    }

    /// <summary>Kills after so many acknowledgements and a moment more, in the midst of whatever is going on; those that were said until then count.</summary>
    private async Task KillAsync(int from, int after, TimeSpan more, HashSet<int> acknowledged)
    {
        using var process = AppendingProcess.Start(folder, from);
        for (var i = 0; i < after; i++)
        {
            acknowledged.Add(int.Parse((await process.StandardOutput.ReadLineAsync(Cancel))!));
        }

        await Task.Delay(more, Cancel);
        process.Kill();
        var rest = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        // The last line may be cut off: only whole ones are promises.
        acknowledged.UnionWith(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));
    }

    private async Task CheckAsync(HashSet<int> acknowledged)
    {
        await using var file = await SqliteFile.OpenAsync(Path.Combine(folder, "assay.db"), SqliteEventStore.Migrations, Cancel);
        var store = new SqliteEventStore(file, new TestClock(Sample.Noon), AppendingProcess.Runs);
        var stored = (await store.ReadSinceAsync(0, int.MaxValue, Cancel)).Events;
        var keys = stored.Spans.Select(s => (s.Trace, s.Span)).ToHashSet();
        keys.Count.ShouldBe(stored.Spans.Count);
        var promised = acknowledged.Select(AppendingProcess.Batch).ToList();
        promised.SelectMany(b => b.Spans).Count(s => !keys.Contains((s.Trace, s.Span))).ShouldBe(0);
        promised.SelectMany(b => b.Logs).Select(l => l.Key).Except(stored.Logs.Select(l => l.Key)).ShouldBeEmpty();
        promised.SelectMany(b => b.Scores).Select(s => s.Key).Except(stored.Scores.Select(s => s.Key)).ShouldBeEmpty();
        await CheckSumsAsync(store, stored);
        await CheckExperimentAsync(store, stored.Logs.Count);
        (await file.ReadAsync(c => ExperimentTablesCheck.Check.FindProblems(c).ToList(), Cancel)).ShouldBeEmpty();
        var size = await store.MeasureAsync(Cancel);
        (size.Spans, size.Logs, size.Scores).ShouldBe((stored.Spans.Count, stored.Logs.Count, stored.Scores.Count));
        size.Traces.ShouldBe(stored.Spans.Select(s => s.Trace).Distinct().Count());
    }

    /// <summary>A batch has one log record, one exposure and three outcomes.</summary>
    private static async Task CheckExperimentAsync(SqliteEventStore store, int batches)
    {
        var sums = await store.SumExperimentAsync(UnitSample.Question, Cancel);
        var variant = sums.Variants.ShouldHaveSingleItem();
        (variant.Units, variant.Metrics[0].Outcomes, sums.OutcomesWithoutExposure).ShouldBe((batches, 3L * batches, 0L));
    }

    private static async Task CheckSumsAsync(SqliteEventStore store, EventBatch stored)
    {
        (await Sums(store, Series.Spans)).ShouldBe(Expected(stored.Spans, s => CostOf(s)), ignoreOrder: true);
        (await Sums(store, Series.ModelCalls)).ShouldBe([$"gpt-5 {stored.Spans.Count(s => s.Use is not null)}/0 {CostOf(stored.Spans)}"]);
        var byTrace = stored.Spans.GroupBy(s => s.Trace).ToDictionary(g => g.Key, g => CostOf(g));
        var requests = stored.Spans.Where(s => s.IsRequest).ToList();
        (await Sums(store, Series.Requests)).ShouldBe(Expected(requests, s => s.Parent.IsPresent ? 0 : byTrace[s.Trace]), ignoreOrder: true);
        (await Sums(store, Series.Logs)).ShouldBe([$"Rag {stored.Logs.Count}/0 0"]);
        (await Sums(store, Series.Scores)).ShouldBe([$"relevance {stored.Scores.Count}/0 0"]);
    }

    private static IEnumerable<string> Expected(IEnumerable<SpanEvent> spans, Func<SpanEvent, long> cost) =>
        spans.GroupBy(s => s.Name).Select(g => $"{g.Key} {g.Count()}/{g.Count(s => s.Failed)} {g.Sum(cost)}");

    private static long CostOf(IEnumerable<SpanEvent> spans) => spans.Sum(CostOf);

    private static long CostOf(SpanEvent span) => span.Use?.Cost.Pico ?? Money.Zero.Pico;

    private static async Task<IEnumerable<string>> Sums(SqliteEventStore store, Series series)
    {
        var query = new AggregateQuery(series, Sample.Noon.AddHours(-3), Sample.Noon.AddHours(1)) { By = [Dimension.Name] };
        return (await store.AggregateAsync(query, Cancel)).Select(r => $"{r.By[0]} {r.Count}/{r.Failed} {r.Cost.Cost.Pico}");
    }
}
