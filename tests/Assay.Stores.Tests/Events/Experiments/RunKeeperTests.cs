using Assay.Embedded.Events.Experiments;
using Assay.Embedded.Events.Experiments.Runs;
using static Assay.Stores.Tests.Events.Experiments.UnitSample;

namespace Assay.Stores.Tests.Events.Experiments;

public sealed class RunKeeperTests : IAsyncLifetime
{
    private static readonly RunSizes Small = new()
    {
        Fresh = 20,
        FanIn = 3,
        Block = 8,
        LeastStep = 10,
        DeletionStep = 30,
    };

    private OpenedSqlite opened = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => opened = await OpenedSqlite.OpenAsync(Cancel, Small);

    public ValueTask DisposeAsync() => opened.DisposeAsync();

    [Fact]
    public async Task Runs_stay_few_and_sound_however_much_is_stored()
    {
        for (var batch = 0; batch < 600; batch++)
        {
            await AppendAsync(batch, units: 3);
            var runs = await ReadAsync();
            foreach (var level in runs.Where(r => r.State == RunState.Live).GroupBy(r => r.Level))
            {
                level.Count().ShouldBeLessThan(2 * Small.FanIn, $"level {level.Key} after batch {batch}");
            }
        }

        (await ReadAsync()).Max(r => r.Level).ShouldBeGreaterThan(3);
        (await ProblemsAsync()).ShouldBeEmpty();
        var size = await opened.Events.MeasureAsync(Cancel);
        (size.Exposures, size.Outcomes).ShouldBe((1_800L, 1_800L));
        (await opened.Events.SumExperimentAsync(Question, Cancel)).Variants.Single().Units.ShouldBe(1_800);
    }

    [Fact]
    public async Task A_merge_leaves_one_of_each_key()
    {
        for (var round = 0; round < 20; round++)
        {
            // So many different ones between that the store does not remember: after a restart it remembers none.
            for (var batch = 0; batch < 12; batch++)
            {
                await AppendAsync(batch, units: 3);
            }

            await opened.RestartAsync(Cancel);
        }

        var size = await opened.Events.MeasureAsync(Cancel);
        size.Exposures.ShouldBeInRange(36, 200);
        (await ProblemsAsync()).ShouldBeEmpty();
        var sums = (await opened.Events.SumExperimentAsync(Question, Cancel)).Variants.Single();
        (sums.Units, sums.Metrics[0].Outcomes).ShouldBe((36L, 36L));
    }

    [Fact]
    public async Task Deleting_goes_on_while_others_store_and_leaves_no_dead_runs()
    {
        for (var batch = 0; batch < 200; batch++)
        {
            await AppendAsync(batch, units: 3);
        }

        var deleting = opened.Events.DeleteBeforeAsync(At(100), Cancel);
        for (var batch = 200; batch < 260; batch++)
        {
            await AppendAsync(batch, units: 3);
        }

        // A merge of what came meanwhile may have left out some of them, and what is little in its run stays.
        (await deleting).ShouldBeInRange(1, 600);
        (await ReadAsync()).ShouldNotContain(r => r.State == RunState.Dead);
        (await ProblemsAsync()).ShouldBeEmpty();
        (await opened.Events.MeasureAsync(Cancel)).Exposures.ShouldBeInRange(480, 530);
        (await opened.Events.SumExperimentAsync(Question, Cancel)).Variants.Single().Units.ShouldBe(480);
    }

    /// <summary>Units of a minute of their own, each with an outcome; the same batch has the same keys.</summary>
    private Task<AppendReport> AppendAsync(int batch, int units)
    {
        var own = Enumerable.Range(0, units).Select(i => unchecked((long)((ulong)((batch * units) + i + 1) * 0x9E3779B97F4A7C15UL))).ToList();
        return opened.Events.AppendAsync(
            new EventBatch
            {
                Exposures = [.. own.Select(u => Exposed(u, "a", batch))],
                Outcomes = [.. own.Select(u => Measured(u, "ms", 1, batch) with { Key = "one" })],
            },
            Cancel
        );
    }

    private Task<IReadOnlyList<RunRow>> ReadAsync() =>
        opened.File.ReadAsync(
            connection =>
            {
                using var table = new RunTable(connection);
                return table.Read();
            },
            Cancel
        );

    private Task<List<string>> ProblemsAsync() => opened.File.ReadAsync(c => ExperimentTablesCheck.Check.FindProblems(c).ToList(), Cancel);
}
