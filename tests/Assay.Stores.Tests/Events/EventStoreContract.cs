using Assay.Prices;
using static Assay.Stores.Tests.Events.Sample;

namespace Assay.Stores.Tests.Events;

/// <summary>What every event store promises.</summary>
public abstract partial class EventStoreContract : IAsyncLifetime
{
    private protected OpenedStore Opened { get; private set; } = null!;

    private protected IEventStore Store => Opened.Events;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Opened = await OpenAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Opened.DisposeAsync();
    }

    /// <summary>An empty store whose clock stands at <see cref="Noon"/>.</summary>
    private protected abstract Task<OpenedStore> OpenAsync();

    private protected Task<AppendReport> Append(params SpanEvent[] spans) => Store.AppendAsync(Batch(spans), Cancel);

    private protected Task<IReadOnlyList<AggregateRow>> Sums(Series series, params Dimension[] by) =>
        Store.AggregateAsync(new AggregateQuery(series, Noon.AddHours(-1), Noon.AddHours(1)) { By = by }, Cancel);

    [Fact]
    public async Task A_trace_comes_back_as_it_was_sent()
    {
        var request = Request(1) with { CorrelationId = "c-1", Variant = "ranker=new", Prompt = "answer@3", Failed = true };
        var call = Call(1, 3, 0.01m, Noon.AddMilliseconds(20)) with { Span = new SpanId(ulong.MaxValue), Fallback = "model_timeout" };
        var log = Log(1) with { Trace = Trace(1), Span = new SpanId(3) };
        var score = Score(1, 0.75) with { Trace = Trace(1), Label = "good", Reason = "cites\0all", Operation = "POST /ask" };
        await Store.AppendAsync(
            new EventBatch
            {
                Spans = [call, request],
                Logs = [log],
                Scores = [score],
            },
            Cancel
        );

        var stored = await Store.GetTraceAsync(Trace(1), Cancel);
        stored.ShouldNotBeNull();
        stored.Spans.Select(Readable).ShouldBe([Readable(request), Readable(call)]);
        Readable(stored.Logs.Single()).ShouldBe(Readable(log));
        Readable(stored.Scores.Single()).ShouldBe(Readable(score));
    }

    [Fact]
    public async Task An_unknown_trace_is_null() => (await Store.GetTraceAsync(Trace(404), Cancel)).ShouldBeNull();

    [Fact]
    public async Task Of_a_trace_beyond_all_bounds_the_last_spans_come_back_and_the_rest_is_counted()
    {
        const int Batches = 11;
        for (ulong i = 0; i < Batches; i++)
        {
            await Append([.. Enumerable.Range(1, 500).Select(n => Child(1, (i * 500) + (ulong)n))]);
        }

        var logs = Enumerable.Range(0, StoredTrace.MostRecords + 3).Select(i => Log(i) with { Trace = Trace(1) }).ToList();
        var scores = Enumerable.Range(0, StoredTrace.MostRecords + 2).Select(i => Score(i, 1) with { Trace = Trace(1) }).ToList();
        await Store.AppendAsync(new EventBatch { Logs = logs, Scores = scores }, Cancel);

        var stored = (await Store.GetTraceAsync(Trace(1), Cancel))!;
        (stored.Spans.Count, stored.SpansLeftOut).ShouldBe((StoredTrace.MostSpans, (Batches * 500) - StoredTrace.MostSpans));
        stored.Spans.ShouldContain(s => s.Span.Value == Batches * 500);
        (stored.Logs.Count, stored.LogsLeftOut).ShouldBe((StoredTrace.MostRecords, 3));
        (stored.Scores.Count, stored.ScoresLeftOut).ShouldBe((StoredTrace.MostRecords, 2));
    }

    [Fact]
    public async Task Of_a_trace_with_large_bodies_so_many_spans_come_back_as_their_bound_allows()
    {
        for (ulong i = 1; i <= 5; i++)
        {
            await Append(Child(1, i) with { Body = new byte[StoredTrace.MostBodyBytes / 4] });
        }

        var stored = (await Store.GetTraceAsync(Trace(1), Cancel))!;
        (stored.Spans.Count, stored.SpansLeftOut).ShouldBe((4, 1));
    }

    [Fact]
    public async Task Reports_of_batches_follow_on_each_other()
    {
        var first = await Append(Request(1));
        var none = await Append(Request(1));
        var second = await Append(Request(2), Child(2, 2));

        (none.Before, none.Position).ShouldBe((first.Position, first.Position));
        second.Before.ShouldBe(first.Position);
        second.Position.ShouldBeGreaterThan(second.Before);
        (await Store.ReadSinceAsync(second.Before, 100, Cancel)).Position.ShouldBe(second.Position);
    }

    [Fact]
    public async Task A_late_span_joins_its_trace()
    {
        await Append(Child(1, 2));
        await Append(Request(1));
        await Append(Child(1, 3, Noon.AddSeconds(1)));

        (await Store.GetTraceAsync(Trace(1), Cancel))!.Spans.Select(s => s.Span.Value).ShouldBe([1UL, 2, 3]);
        var row = (await Store.FindRequestsAsync(new RequestQuery(), Cancel)).Rows.Single();
        row.SpanCount.ShouldBe(3);
    }

    [Fact]
    public async Task Requests_are_paged_from_the_newest()
    {
        await Append([.. Enumerable.Range(0, 7).Select(i => Request(i, Noon.AddSeconds(-i % 4)))]);

        var seen = new List<SpanEvent>();
        string? after = null;
        do
        {
            var page = await Store.FindRequestsAsync(new RequestQuery { Limit = 3, After = after }, Cancel);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(3);
            seen.AddRange(page.Rows.Select(r => r.Request));
            after = page.Next;
        } while (after is not null);

        seen.Select(s => s.Trace).Distinct().Count().ShouldBe(7);
        seen.Select(s => s.StartNanos).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Requests_are_found_by_each_filter()
    {
        var odd = Request(1, Noon.AddMinutes(-5)) with
        {
            Source = new TelemetrySource("search", "2.0", "staging", default, ""),
            Name = "GET /Überblick/Docs",
            Failed = true,
            DurationNanos = 3_000_000_000,
            CorrelationId = "c-77",
            Variant = "ranker=new",
            Prompt = "answer@3",
        };
        await Append(odd, Request(2), Request(3) with { CorrelationId = "c-78" });

        foreach (var query in FiltersOfTheOdd)
        {
            (await Store.FindRequestsAsync(query, Cancel)).Rows.ShouldHaveSingleItem(query.ToString()).Request.Trace.ShouldBe(Trace(1));
        }

        (await Store.FindRequestsAsync(new RequestQuery { Service = "search", Failed = false }, Cancel)).Rows.ShouldBeEmpty();
        (await Store.FindRequestsAsync(new RequestQuery { Failed = false, AtMost = TimeSpan.FromSeconds(1) }, Cancel)).Rows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_hold_what_matches_and_nothing_else()
    {
        var random = new Random(20266);
        var requests = Enumerable.Range(0, 400).Select(i => Varied(i, random)).ToList();
        await Append([.. requests]);
        for (var round = 0; round < 100; round++)
        {
            var query = Varied(random);
            var expected = requests.Where(r => Matches(query, r)).OrderByDescending(r => r.StartNanos).Select(r => r.StartNanos);
            var seen = new List<SpanEvent>();
            string? after = null;
            do
            {
                var page = await Store.FindRequestsAsync(query with { After = after }, Cancel);
                seen.AddRange(page.Rows.Select(r => r.Request));
                after = page.Next;
            } while (after is not null);

            seen.Select(s => s.StartNanos).ShouldBe(expected, query.ToString());
            seen.Select(s => s.Trace).Distinct().Count().ShouldBe(seen.Count);
        }
    }

    private static SpanEvent Varied(int number, Random random) =>
        Request(number, Noon.AddSeconds(-random.Next(60))) with
        {
            Source = Service with { Version = $"1.{random.Next(3)}" },
            Name = $"GET /Pages/{random.Next(60)}",
            Failed = random.Next(3) == 0,
            DurationNanos = random.Next(4) * 1_000_000_000L,
            CorrelationId = random.Next(2) == 0 ? "" : $"c{random.Next(3)}",
            Variant = random.Next(2) == 0 ? "" : "v=1",
        };

    private static RequestQuery Varied(Random random) =>
        new()
        {
            Limit = 1 + random.Next(60),
            From = random.Next(3) == 0 ? Noon.AddSeconds(-50) : null,
            Before = random.Next(3) == 0 ? Noon.AddSeconds(-10) : null,
            Version = random.Next(3) == 0 ? "1.1" : null,
            Name = random.Next(3) switch
            {
                0 => "pages/1",
                1 => "/PAGES",
                _ => null,
            },
            Failed = random.Next(3) == 0 ? random.Next(2) == 0 : null,
            AtLeast = random.Next(4) == 0 ? TimeSpan.FromSeconds(1) : null,
            AtMost = random.Next(4) == 0 ? TimeSpan.FromSeconds(2) : null,
            CorrelationId = random.Next(5) switch
            {
                0 => "c1",
                1 => "",
                _ => null,
            },
            Variant = random.Next(4) == 0 ? "" : null,
        };

    private static bool Matches(RequestQuery query, SpanEvent span) =>
        (query.From is null || span.StartNanos >= Nanos(query.From.Value))
        && (query.Before is null || span.StartNanos < Nanos(query.Before.Value))
        && (query.Version is null || span.Source.Version == query.Version)
        && (query.Name is null || span.Name.Contains(query.Name, StringComparison.OrdinalIgnoreCase))
        && (query.Failed is null || span.Failed == query.Failed)
        && (query.AtLeast is null || span.DurationNanos >= query.AtLeast.Value.Ticks * 100)
        && (query.AtMost is null || span.DurationNanos <= query.AtMost.Value.Ticks * 100)
        && (query.CorrelationId is null || span.CorrelationId == query.CorrelationId)
        && (query.Variant is null || span.Variant == query.Variant);

    [Fact]
    public async Task A_row_shows_the_totals_of_its_trace()
    {
        await Append(Call(1, 2, 0.01m), Call(1, 3, 0.02m) with { Failed = true });
        await Append(Request(1));

        var row = (await Store.FindRequestsAsync(new RequestQuery(), Cancel)).Rows.Single();
        (row.SpanCount, row.FailedSpans, row.Cost.Calls).ShouldBe((3, 1, 2L));
        row.Cost.Cost.ShouldBe(Money.OfDollars(0.03m));
        row.Request.Body.Length.ShouldBe(0);
        Readable(row.Request).ShouldBe(Readable(Request(1) with { Body = default }));
    }

    [Fact]
    public async Task Sums_count_each_series()
    {
        await Store.AppendAsync(
            new EventBatch
            {
                Spans = [Request(1), Child(1, 2), Call(1, 3, 0.01m), Request(2) with { Failed = true }],
                Logs = [Log(1)],
                Scores = [Score(1, 0.25), Score(2, 0.75)],
            },
            Cancel
        );

        var requests = (await Sums(Series.Requests)).Single();
        (requests.Count, requests.Failed, requests.Cost.Cost).ShouldBe((2L, 1L, Money.OfDollars(0.01m)));
        requests.DurationMs.Quantile(0.5)!.Value.ShouldBe(250, 250 * requests.DurationMs.RelativeError);
        (await Sums(Series.Spans, Dimension.Name, Dimension.Category))
            .Select(Show)
            .ShouldBe(["POST /ask,server 2/1", "chat gpt-5,model 1/0", "rag.dense,retrieval 1/0"]);
        (await Sums(Series.ModelCalls, Dimension.Name, Dimension.Category, Dimension.Operation)).Select(Show).ShouldBe(["gpt-5,call,POST /ask 1/0"]);
        (await Sums(Series.Logs, Dimension.Name, Dimension.Category)).Select(Show).ShouldBe(["Rag,warning 1/0"]);
        var scores = (await Sums(Series.Scores, Dimension.Name, Dimension.Category)).Single();
        Show(scores).ShouldBe("relevance,quality 2/0");
        (scores.Value.Count, scores.Value.Mean, scores.Value.Min, scores.Value.Max).ShouldBe((2L, 0.5, 0.25, 0.75));
    }

    [Fact]
    public async Task Sums_are_split_by_step_and_kept_by_value()
    {
        await Append(Request(1, Noon.AddMinutes(-61)), Request(2, Noon.AddMinutes(-59)), Request(3, Noon.AddMinutes(-1)) with { Prompt = "answer@3" });

        var query = new AggregateQuery(Series.Requests, Noon.AddHours(-2), Noon) { Step = TimeSpan.FromHours(1) };
        (await Store.AggregateAsync(query, Cancel)).Select(r => (r.At, r.Count)).ShouldBe([(Noon.AddHours(-2), 1L), (Noon.AddHours(-1), 2L)]);

        query = query with
        {
            Where = new Dictionary<Dimension, string> { [Dimension.Prompt] = "answer@3" },
            Step = TimeSpan.FromMinutes(1),
        };
        (await Store.AggregateAsync(query, Cancel)).Select(r => (r.At, r.Count)).ShouldBe([(Noon.AddMinutes(-1), 1L)]);

        query = new AggregateQuery(Series.Requests, Noon.AddMinutes(-60), Noon.AddMinutes(-1));
        (await Store.AggregateAsync(query, Cancel)).Select(r => (r.At, r.Count)).ShouldBe([(Noon.AddMinutes(-60), 1L)]);
    }

    [Fact]
    public async Task A_key_is_stored_and_counted_once()
    {
        var batch = new EventBatch
        {
            Spans = [Request(1), Request(1), Call(1, 2, 0.01m)],
            Logs = [Log(1), Log(1)],
            Scores = [Score(1, 0.5), Score(1, 0.5)],
        };
        var first = await Store.AppendAsync(batch, Cancel);
        (first.New.Count, first.Duplicates).ShouldBe((4, 3));
        await Opened.RestartAsync(Cancel);
        var second = await Store.AppendAsync(batch with { Spans = [Child(1, 3), .. batch.Spans] }, Cancel);
        (second.New.Count, second.Duplicates).ShouldBe((1, 7));
        second.New.Spans.Single().Span.ShouldBe(new SpanId(3));

        (await Sums(Series.Requests)).Single().Count.ShouldBe(1);
        (await Sums(Series.Requests)).Single().Cost.Cost.ShouldBe(Money.OfDollars(0.01m));
        (await Sums(Series.Spans)).Single().Count.ShouldBe(3);
        (await Sums(Series.Logs)).Single().Count.ShouldBe(1);
        (await Sums(Series.Scores)).Single().Count.ShouldBe(1);
        (await Store.GetTraceAsync(Trace(1), Cancel))!.Spans.Count.ShouldBe(3);
        (await Store.MeasureAsync(Cancel)).ShouldSatisfyAllConditions(
            s => s.Spans.ShouldBe(3),
            s => s.Traces.ShouldBe(1),
            s => s.Logs.ShouldBe(1),
            s => s.Scores.ShouldBe(1)
        );
    }

    [Fact]
    public async Task Events_are_read_on_from_a_position()
    {
        var first = await Store.AppendAsync(new EventBatch { Spans = [Request(1), Request(2)], Logs = [Log(1)] }, Cancel);
        var second = await Store.AppendAsync(new EventBatch { Spans = [Child(1, 2)], Scores = [Score(1, 1)] }, Cancel);

        var all = await Store.ReadSinceAsync(0, 100, Cancel);
        (all.Events.Spans.Count, all.Events.Logs.Count, all.Events.Scores.Count, all.Position).ShouldBe((3, 1, 1, second.Position));
        var rest = await Store.ReadSinceAsync(first.Position, 100, Cancel);
        (rest.Events.Spans.Single().Span, rest.Events.Scores.Single().Key).ShouldBe((new SpanId(2), "score-1"));
        var end = await Store.ReadSinceAsync(second.Position, 100, Cancel);
        (end.Events.Count, end.Position).ShouldBe((0, second.Position));

        var position = 0L;
        var seen = 0;
        for (var page = await Store.ReadSinceAsync(position, 1, Cancel); page.Events.Count > 0; page = await Store.ReadSinceAsync(position, 1, Cancel))
        {
            page.Position.ShouldBeGreaterThan(position);
            (position, seen) = (page.Position, seen + page.Events.Count);
        }

        seen.ShouldBe(5);
    }

    private static readonly RequestQuery[] FiltersOfTheOdd =
    [
        new() { Service = "search" },
        new() { Version = "2.0" },
        new() { Name = "überblick/dOCS".Replace('ü', 'Ü') },
        new() { Failed = true },
        new() { AtLeast = TimeSpan.FromSeconds(1) },
        new() { CorrelationId = "c-77" },
        new() { Variant = "ranker=new" },
        new() { Prompt = "answer@3" },
        new() { Before = Noon.AddMinutes(-4) },
        new() { From = Noon.AddMinutes(-6), Before = Noon },
        new()
        {
            Service = "search",
            Version = "2.0",
            Name = "docs",
            Failed = true,
            AtLeast = TimeSpan.FromSeconds(3),
            AtMost = TimeSpan.FromSeconds(3),
            CorrelationId = "c-77",
            Variant = "ranker=new",
            Prompt = "answer@3",
            From = Noon.AddMinutes(-5),
            Before = Noon,
        },
    ];

    private static string Show(AggregateRow row) => $"{string.Join(',', row.By)} {row.Count}/{row.Failed}";

    /// <summary>Records with bodies compare their memory, not its content.</summary>
    private protected static string Readable(SpanEvent s) =>
        $"{s with { Body = default, Source = Service }} {Readable(s.Source)} {Convert.ToHexString(s.Body.Span)}";

    private protected static string Readable(LogEvent l) =>
        $"{l with { Body = default, Source = Service }} {Readable(l.Source)} {Convert.ToHexString(l.Body.Span)}";

    private protected static string Readable(ScoreEvent s) => $"{s with { Source = Service }} {Readable(s.Source)}";

    private static string Readable(TelemetrySource s) => $"{s.Service} {s.Version} {s.Environment} {s.Scope} {Convert.ToHexString(s.Resource.Span)}";
}
