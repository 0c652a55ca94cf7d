using Assay.Prices;
using static Assay.Stores.Tests.Events.Sample;

namespace Assay.Stores.Tests.Events;

/// <summary>What every event store promises of its sums.</summary>
public abstract partial class EventStoreContract
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Cost_goes_to_the_outermost_request_in_whatever_order_spans_arrive(int seed)
    {
        var outer = Request(1);
        var inner = Request(1, Noon.AddMilliseconds(5)) with
        {
            Span = new SpanId(9),
            Parent = new SpanId(1),
            Source = Service with { Service = "search" },
            Name = "GET /search",
        };
        SpanEvent[] spans = [outer, inner, Call(1, 2, 0.01m), Call(1, 3, 0.02m), Child(1, 4)];
        new Random(seed).Shuffle(spans);
        foreach (var span in spans)
        {
            await Append(span);
            await Opened.RestartAsync(Cancel);
        }

        var costs = (await Sums(Series.Requests, Dimension.Operation)).ToDictionary(r => r.By[0], r => r.Cost);
        costs["POST /ask"]
            .ShouldSatisfyAllConditions(c => c.Cost.ShouldBe(Money.OfDollars(0.03m)), c => c.Calls.ShouldBe(2), c => c.Tokens.Input.ShouldBe(200));
        costs["GET /search"].ShouldBe(default(ModelUseTotals));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public async Task Squares_of_costs_are_those_of_whole_requests_however_their_calls_arrive(int seed, bool restarts)
    {
        SpanEvent[] spans =
        [
            Request(1),
            Call(1, 2, 0.01m),
            Call(1, 3, 0.02m),
            Call(1, 4, 0.03m),
            Request(2),
            Call(2, 2, 0.5m),
            Request(3),
            .. Enumerable.Range(10, 5).Select(i => Child(3, (ulong)i)),
        ];
        new Random(seed).Shuffle(spans);
        foreach (var span in spans)
        {
            await Append(span);
            if (restarts)
            {
                await Opened.RestartAsync(Cancel);
            }
        }

        var row = (await Sums(Series.Requests)).Single();
        row.Count.ShouldBe(3);
        row.Cost.Cost.ShouldBe(Money.OfDollars(0.56m));
        // 0.06² + 0.5² + 0².
        row.CostSquared.ShouldNotBeNull().ShouldBe(0.2536, 1e-12);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public async Task Spans_that_came_before_their_request_are_counted_under_its_operation(int seed, bool restarts)
    {
        SpanEvent[] spans =
        [
            Request(1),
            Call(1, 2, 0.01m),
            Call(1, 3, 0.02m) with
            {
                Failed = true,
                DurationNanos = 3_000_000_000,
            },
            .. Enumerable.Range(4, 80).Select(i => Child(1, (ulong)i, Noon.AddMinutes(i % 3)) with { DurationNanos = i * 1_000_000L, Failed = i % 7 == 0 }),
        ];
        await Append([.. spans.Select(s => s with { Trace = Trace(2) })]);
        var inOneGo = await ShownSums();
        inOneGo.ShouldAllBe(row => row.Labels.StartsWith("POST /ask"));

        new Random(seed).Shuffle(spans);
        foreach (var some in spans.Chunk(9))
        {
            await Append(some);
            if (restarts)
            {
                await Opened.RestartAsync(Cancel);
            }
        }

        // The same spans a second time under another trace: twice of all, and the same quantiles.
        (await ShownSums()).ShouldBe(
            inOneGo.Select(r => r with { Count = 2 * r.Count, Failed = 2 * r.Failed, Durations = 2 * r.Durations, Cost = r.Cost + r.Cost })
        );

        (await Sums(Series.Spans)).Single().ShouldSatisfyAllConditions(r => r.Count.ShouldBe(2 * 83), r => r.DurationMs.Count.ShouldBe(2 * 83));
    }

    [Fact]
    public async Task Spans_whose_request_never_comes_stay_under_no_operation()
    {
        await Append(Child(1, 2), Call(1, 3, 0.01m));
        await Append(Child(1, 4));
        (await Sums(Series.Spans, Dimension.Operation)).Select(Show).ShouldBe([" 3/0"]);
        (await Sums(Series.ModelCalls, Dimension.Operation)).Select(Show).ShouldBe([" 1/0"]);
    }

    [Fact]
    public async Task What_stays_under_no_operation_keeps_its_own_durations()
    {
        SpanEvent Of(int trace, ulong span, long ms) => Child(trace, span) with { DurationNanos = ms * 1_000_000 };
        await Append(Of(1, 2, 200), Of(2, 2, 10), Of(2, 3, 5_000), Of(1, 3, 300));
        await Append(Request(2));

        var left = (await Sums(Series.Spans, Dimension.Operation)).Single(r => r.By[0].Length == 0);
        var near = 300 * (left.DurationMs.RelativeError + 1e-9);
        (left.Count, left.DurationMs.Count).ShouldBe((2, 2));
        left.DurationMs.Quantile(0)!.Value.ShouldBe(200, 2 * near);
        left.DurationMs.Quantile(1)!.Value.ShouldBe(300, 2 * near);
    }

    /// <summary>Spans and calls by operation and name: count, failures, values at quantiles, cost.</summary>
    private async Task<IReadOnlyList<ShownSum>> ShownSums()
    {
        var rows = (await Sums(Series.Spans, Dimension.Operation, Dimension.Name)).Concat(await Sums(Series.ModelCalls, Dimension.Operation, Dimension.Name));
        return
        [
            .. rows.Select(r => new ShownSum(
                string.Join(',', r.By),
                r.Count,
                r.Failed,
                r.DurationMs.Count,
                r.DurationMs.Quantile(0.5),
                r.DurationMs.Quantile(1),
                r.Cost.Cost
            )),
        ];
    }

    private sealed record ShownSum(string Labels, long Count, long Failed, long Durations, double? Median, double? Longest, Money Cost);

    [Fact]
    public async Task Retries_cache_hits_and_unknown_prices_are_summed_apart()
    {
        var call = Call(1, 2, 0.01m);
        await Append(
            call,
            call with
            {
                Span = new SpanId(3),
                Use = call.Use! with { IsRetry = true },
            },
            call with
            {
                Span = new SpanId(4),
                Use = call.Use! with { Pricing = Pricing.Avoided },
            },
            call with
            {
                Span = new SpanId(5),
                Use = call.Use! with { Pricing = Pricing.UnknownModel, Cost = Money.Zero },
            }
        );

        (await Sums(Series.ModelCalls, Dimension.Category)).Select(Show).ShouldBe(["cache_hit 1/0", "call 2/0", "retry 1/0"]);
        var cost = (await Sums(Series.ModelCalls)).Single().Cost;
        (cost.Calls, cost.Retries, cost.CacheHits, cost.Unpriced).ShouldBe((4, 1, 1, 1));
        (cost.Cost, cost.RetryCost, cost.Avoided).ShouldBe((Money.OfDollars(0.02m), Money.OfDollars(0.01m), Money.OfDollars(0.01m)));
    }

    [Fact]
    public async Task Absurd_costs_do_not_stop_the_store()
    {
        var absurd = Call(1, 2, 0.01m) with { Use = Call(1, 2, 0.01m).Use! with { Cost = new Money(long.MaxValue) } };
        await Append(Request(1), absurd);
        await Append(absurd with { Span = new SpanId(3) });

        (await Sums(Series.Requests)).Single().Cost.Cost.Pico.ShouldBe(long.MaxValue);
        (await Append(Request(2))).New.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Events_far_from_the_clock_are_stored_but_not_summed()
    {
        await Append(
            Request(1, Noon.AddMinutes(59)),
            Request(2, Noon.AddMinutes(61)),
            Request(3, Noon.AddDays(-30)),
            Request(4, Noon.AddDays(-32)),
            Request(5) with
            {
                StartNanos = long.MaxValue,
                DurationNanos = long.MaxValue,
            },
            Request(6) with
            {
                StartNanos = long.MinValue,
            },
            Call(4, 2, 0.01m)
        );

        var all = new AggregateQuery(Series.Requests, Noon.AddDays(-40), Noon.AddDays(1));
        (await Store.AggregateAsync(all, Cancel)).Single().Count.ShouldBe(2);
        (await Store.AggregateAsync(all, Cancel)).Single().Cost.Cost.ShouldBe(Money.Zero);
        (await Store.MeasureAsync(Cancel)).ShouldSatisfyAllConditions(s => s.Spans.ShouldBe(7), s => s.OutOfTime.ShouldBe(4));
        (await Store.FindRequestsAsync(new RequestQuery(), Cancel)).Rows.Count.ShouldBe(6);
        (await Store.GetTraceAsync(Trace(5), Cancel))!.Spans.Single().StartNanos.ShouldBe(long.MaxValue);
    }

    [Fact]
    public async Task Labels_that_are_too_many_are_folded_and_counted()
    {
        const int Many = 3_000;
        for (var i = 0; i < Many; i += 500)
        {
            await Append([.. Enumerable.Range(i, 500).Select(n => Request(n) with { Name = $"GET /users/{n}", Prompt = $"p@{n}" })]);
            await Opened.RestartAsync(Cancel);
        }

        var rows = await Store.AggregateAsync(new AggregateQuery(Series.Requests, Noon, Noon.AddMinutes(1)) { By = [Dimension.Operation] }, Cancel);
        rows.Sum(r => r.Count).ShouldBe(Many);
        rows.Single(r => r.By[0] == "(other)").Count.ShouldBe(Many - 2_000);
        (await Store.MeasureAsync(Cancel)).Folded.ShouldBe(2 * (Many - 2_000));
        (await Store.FindRequestsAsync(new RequestQuery { Name = "/users/2999" }, Cancel)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sums_of_any_range_and_step_are_those_of_its_events()
    {
        var random = new Random(20263);
        var minutes = Enumerable.Range(0, 400).Select(_ => random.Next(-3 * 24 * 60 + 120, 30)).ToList();
        await Append([.. minutes.Select((m, i) => Request(i, Noon.AddMinutes(m).AddSeconds(random.Next(60))) with { Name = $"op {i % 3}" })]);
        for (var round = 0; round < 60; round++)
        {
            var from = random.Next(-3 * 24 * 60 + 120, 0);
            var before = from + 1 + random.Next(2 * 24 * 60);
            int[] steps = [1, 5, 15, 30, 60, 180, 1440];
            var step = round % 8 == 7 ? (int?)null : steps[round % 8];
            var query = new AggregateQuery(Series.Requests, Noon.AddMinutes(from), Noon.AddMinutes(before))
            {
                Step = step is { } s ? TimeSpan.FromMinutes(s) : null,
                By = [Dimension.Name],
                Where = round % 2 == 0 ? new Dictionary<Dimension, string>() : new Dictionary<Dimension, string> { [Dimension.Operation] = "op 1" },
            };

            var expected = minutes
                .Select((m, i) => (Minute: m, Name: $"op {i % 3}"))
                .Where(e => e.Minute >= from && e.Minute < before && (query.Where.Count == 0 || e.Name == "op 1"))
                .GroupBy(e => (At: step is { } w ? Noon.AddMinutes(e.Minute - ((((e.Minute + (12 * 60)) % w) + w) % w)) : query.From, e.Name))
                .Select(g => $"{g.Key.At:u} {g.Key.Name} {g.Count()}")
                .Order(StringComparer.Ordinal);
            (await Store.AggregateAsync(query, Cancel))
                .Select(r => $"{r.At:u} {r.By[0]} {r.Count}")
                .ShouldBe(expected, $"round {round}: {from} {before} {step}");
        }
    }

    [Fact]
    public async Task Too_many_rows_are_an_error_that_names_the_way_out()
    {
        await Append(Request(1), Request(2, Noon.AddMinutes(-2)));
        var query = new AggregateQuery(Series.Requests, Noon.AddHours(-1), Noon.AddHours(1)) { Step = TimeSpan.FromMinutes(1), Limit = 1 };
        var refused = await Should.ThrowAsync<AssayException>(() => Store.AggregateAsync(query, Cancel));
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Fix.ShouldContain("coarser step");
        await Should.ThrowAsync<AssayException>(() => Store.AggregateAsync(query with { Step = TimeSpan.FromSeconds(90) }, Cancel));
        await Should.ThrowAsync<AssayException>(() => Store.AggregateAsync(query with { Before = query.From }, Cancel));
        await Should.ThrowAsync<AssayException>(() => Store.FindRequestsAsync(new RequestQuery { After = "next" }, Cancel));
        await Should.ThrowAsync<AssayException>(() => Store.FindRequestsAsync(new RequestQuery { Limit = 501 }, Cancel));
    }

    [Fact]
    public async Task Latencies_and_values_of_many_rows_make_one_distribution()
    {
        var random = new Random(20264);
        var durations = Enumerable.Range(0, 3_000).Select(_ => (long)Math.Exp(10 + (8 * random.NextDouble()))).ToList();
        await Append([.. durations.Select((d, i) => Request(i, Noon.AddMinutes(-i % 50)) with { DurationNanos = d, Name = $"op {i % 7}" })]);
        await Store.AppendAsync(new EventBatch { Scores = [.. durations.Select((d, i) => Score(i, d, Noon.AddMinutes(-i % 50)))] }, Cancel);

        var row = (await Sums(Series.Requests)).Single();
        row.DurationMs.Count.ShouldBe(3_000);
        var sorted = durations.Order().ToList();
        foreach (var q in (double[])[0.01, 0.5, 0.95, 0.99])
        {
            var exact = sorted[(int)Math.Ceiling(q * sorted.Count) - 1] / 1e6;
            row.DurationMs.Quantile(q)!.Value.ShouldBe(exact, exact * (row.DurationMs.RelativeError + 1e-9));
        }

        var values = (await Sums(Series.Scores)).Single().Value;
        var mean = durations.Average();
        values.Mean.ShouldBe(mean, mean * 1e-12);
        values.Variance.ShouldBe(durations.Sum(d => (d - mean) * (d - mean)) / (durations.Count - 1), values.Variance * 1e-9);
    }

    [Fact]
    public async Task Old_events_are_deleted_and_younger_ones_stay()
    {
        var old = Noon.AddDays(-8);
        await Append(Request(1, old), Child(1, 2, old), Request(2, old), Request(3));
        await Append(Child(2, 3, Noon.AddDays(-1)));
        await Store.AppendAsync(new EventBatch { Logs = [Log(1, old), Log(2)], Scores = [Score(1, 1, old), Score(2, 1)] }, Cancel);

        (await Store.DeleteBeforeAsync(Noon.AddDays(-7), Cancel)).ShouldBe(4);

        (await Store.GetTraceAsync(Trace(1), Cancel)).ShouldBeNull();
        (await Store.GetTraceAsync(Trace(2), Cancel))!.Spans.Count.ShouldBe(2);
        (await Store.FindRequestsAsync(new RequestQuery(), Cancel)).Rows.Select(r => r.Request.Trace).ShouldBe([Trace(3), Trace(2)]);
        var left = await Store.ReadSinceAsync(0, 100, Cancel);
        (left.Events.Spans.Count, left.Events.Logs.Count, left.Events.Scores.Count).ShouldBe((3, 1, 1));
        var size = await Store.MeasureAsync(Cancel);
        (size.Spans, size.Traces, size.Logs, size.Scores, size.Oldest).ShouldBe((3, 2, 1, 1, old));
        (await Store.AggregateAsync(new AggregateQuery(Series.Requests, old.AddDays(-1), Noon.AddHours(1)), Cancel)).Single().Count.ShouldBe(1);
        (await Store.DeleteBeforeAsync(Noon.AddDays(-7), Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task What_comes_again_after_it_was_deleted_is_refused_and_counted()
    {
        var old = Noon.AddDays(-8);
        await Append(Request(1, old), Request(2));
        await Store.DeleteBeforeAsync(Noon.AddDays(-7), Cancel);
        await Opened.RestartAsync(Cancel);

        var again = await Store.AppendAsync(
            new EventBatch
            {
                Spans = [Request(1, old), Child(1, 2, old), Request(2), Request(3)],
                Logs = [Log(1, old), Log(2)],
                Scores = [Score(1, 1, old), Score(2, 1), Score(3, 1)],
            },
            Cancel
        );

        again.TooLate.ShouldBe(new TooLate(2, 1, 1));
        (again.New.Spans.Single().Trace, again.New.Logs.Count, again.New.Scores.Count, again.Duplicates).ShouldBe((Trace(3), 1, 2, 1));
        (await Store.GetTraceAsync(Trace(1), Cancel)).ShouldBeNull();
        (await Store.MeasureAsync(Cancel)).ShouldSatisfyAllConditions(s => s.Spans.ShouldBe(2), s => s.TooLate.ShouldBe(4));
    }

    [Fact]
    public async Task A_late_span_of_a_trace_that_is_still_there_is_taken()
    {
        var old = Noon.AddDays(-8);
        await Append(Request(1, Noon));
        await Store.DeleteBeforeAsync(Noon.AddDays(-7), Cancel);
        (await Append(Child(1, 2, old))).New.Count.ShouldBe(1);
        (await Append(Request(2, Noon), Child(2, 2, old))).New.Count.ShouldBe(2);
        (await Append(Child(1, 2, old))).ShouldSatisfyAllConditions(r => r.Duplicates.ShouldBe(1), r => r.TooLate.Count.ShouldBe(0));
    }

    [Fact]
    public async Task Many_traces_are_deleted_to_the_last_while_others_are_written()
    {
        for (var i = 0; i < 10; i++)
        {
            await Append([.. Enumerable.Range(i * 200, 200).SelectMany(n => new[] { Request(n, Noon.AddDays(-8)), Child(n, 2, Noon.AddDays(-8)) })]);
        }

        var deleting = Store.DeleteBeforeAsync(Noon.AddDays(-7), Cancel);
        for (var i = 10; i < 20; i++)
        {
            await Append([.. Enumerable.Range(i * 200, 200).Select(n => Request(n))]);
        }

        (await deleting).ShouldBe(4_000);
        (await Store.MeasureAsync(Cancel)).ShouldSatisfyAllConditions(s => s.Spans.ShouldBe(2_000), s => s.Traces.ShouldBe(2_000));
        (await Sums(Series.Requests)).Single().Count.ShouldBe(2_000);
        (await Store.ReadSinceAsync(0, 10_000, Cancel)).Events.Spans.Count.ShouldBe(2_000);
    }

    [Fact]
    public async Task Fine_sums_go_sooner_and_hours_still_answer()
    {
        var at = Noon.AddDays(-5).AddMinutes(7);
        await Append(Request(1, at));
        await Store.DeleteBeforeAsync(Noon.AddDays(-30), Cancel);

        var query = new AggregateQuery(Series.Requests, Noon.AddDays(-5), Noon) { Step = TimeSpan.FromHours(1) };
        (await Store.AggregateAsync(query, Cancel)).Select(r => (r.At, r.Count)).ShouldBe([(Noon.AddDays(-5), 1L)]);
        // The minutes are gone, the quarters are there yet: the begin is rounded down to them.
        (await Store.AggregateAsync(query with { From = at.AddMinutes(1), Step = null }, Cancel))
            .Select(r => (r.At, r.Count))
            .ShouldBe([(Noon.AddDays(-5), 1L)]);
        (await Store.AggregateAsync(query with { From = at.AddMinutes(10), Step = null }, Cancel)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(24)]
    [InlineData(60)]
    [InlineData(24 * 60)]
    public async Task Points_of_a_fine_step_are_all_there_when_the_fine_sums_are_gone(int step)
    {
        // Over the days of minutes, of quarters of an hour and of hours alone.
        var random = new Random(20265);
        var minutes = Enumerable.Range(0, 400).Select(_ => -1 - random.Next(14 * 24 * 60)).ToList();
        await Append([.. minutes.Select((m, i) => Request(i, Noon.AddMinutes(m).AddSeconds(random.Next(60))))]);
        await Store.DeleteBeforeAsync(Noon.AddDays(-30), Cancel);

        var whole = new AggregateQuery(Series.Requests, Noon.AddDays(-14), Noon);
        (await Store.AggregateAsync(whole, Cancel)).Single().Count.ShouldBe(400);
        var points = await Store.AggregateAsync(whole with { Step = TimeSpan.FromMinutes(step) }, Cancel);
        points.Sum(p => p.Count).ShouldBe(400);
        points.ShouldAllBe(p => p.At.ToUnixTimeSeconds() % (60 * step) == 0);
        // A row is shown where it begins, no further from its events than it is wide.
        foreach (var (days, width) in ((int, int)[])[(14, 60), (9, 15), (2, 1)])
        {
            var rows = minutes.Where(m => m >= -days * 24 * 60 && m < -days * 24 * 60 + 1440);
            var expected = rows.Select(m => PointOf(PointOf(m, width), step))
                .GroupBy(m => m)
                .OrderBy(g => g.Key)
                .Select(g => $"{Noon.AddMinutes(g.Key):u} {g.Count()}");
            (
                await Store.AggregateAsync(
                    new AggregateQuery(Series.Requests, Noon.AddDays(-days), Noon.AddDays(1 - days)) { Step = TimeSpan.FromMinutes(step) },
                    Cancel
                )
            )
                .Select(p => $"{p.At:u} {p.Count}")
                .ShouldBe(expected, $"{days} days ago");
        }
    }

    /// <summary>The begin of the row of a width, or of the point of a step, in which a minute lies; in minutes since noon.</summary>
    private static int PointOf(int minute, int width)
    {
        var since = (Noon - DateTimeOffset.UnixEpoch).TotalMinutes;
        return (int)((Math.Floor((since + minute) / width) * width) - since);
    }

    [Fact]
    public async Task A_range_over_all_widths_is_answered_by_the_minute_where_minutes_are_kept()
    {
        await Append(Request(1, Noon.AddDays(-12)), Request(2, Noon.AddDays(-5)), Request(3, Noon.AddMinutes(-9)), Request(4, Noon.AddMinutes(-7)));
        await Store.DeleteBeforeAsync(Noon.AddDays(-30), Cancel);
        var query = new AggregateQuery(Series.Requests, Noon.AddDays(-13), Noon.AddMinutes(-8));
        (await Store.AggregateAsync(query, Cancel)).Single().Count.ShouldBe(3);
    }
}
