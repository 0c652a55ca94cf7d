using Assay.Prices;
using Assay.Server.Costs;
using Assay.Server.Traces;
using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Tests.Costs;

/// <summary>What a sender claims to have used must not stop who reads it.</summary>
public sealed class AbsurdCostTests
{
    private static readonly Money Most = new(long.MaxValue);

    [Fact]
    public void Money_beyond_its_range_stays_at_the_end()
    {
        (Most + Most).ShouldBe(Most);
        (new Money(long.MinValue) + new Money(-1)).ShouldBe(new Money(long.MinValue));
        (new Money(long.MinValue) - Most).ShouldBe(new Money(long.MinValue));
        (Most - Most).ShouldBe(Money.Zero);
    }

    [Fact]
    public void A_trace_of_calls_that_cost_more_than_there_is_can_be_read()
    {
        var trace = new StoredTrace([Span(1, 0), Span(2, 1), Span(3, 2)], [], []);

        TraceDocument.Of(new TraceId(1), trace).Cost.Usd.ShouldBe(Most.Dollars);
        TraceModel.Of(trace, default)!.ShouldSatisfyAllConditions(m => m.Cost.Cost.ShouldBe(Most), m => m.Rows[0].Cost.Cost.ShouldBe(Most));
    }

    [Fact]
    public void A_span_that_ends_after_the_end_of_time_ends_there()
    {
        var endless = Span(1, 0) with { StartNanos = long.MaxValue - 5, DurationNanos = long.MaxValue };
        TraceDocument.Of(new TraceId(1), new StoredTrace([endless], [], [])).DurationMs.ShouldBe(5e-6);
    }

    [Fact]
    public void Sums_of_sums_that_are_full_can_be_read()
    {
        var full = new AggregateRow(DateTimeOffset.UnixEpoch, ["m"], 1, 0, new QuantileSketch(), default, ModelUseTotals.Of(Span(1, 0).Use!));

        CostSums.Total([full, full]).Cost.ShouldBe(Most);
        CostSums.ByKey([full, full]).Single().Use.Cost.ShouldBe(Most);
    }

    private static SpanEvent Span(ulong id, ulong parent) =>
        new()
        {
            Trace = new TraceId(1),
            Span = new SpanId(id),
            Parent = new SpanId(parent),
            Source = new TelemetrySource("s", "", "", default, ""),
            Name = "chat",
            StartNanos = 0,
            DurationNanos = 5,
            Use = new ModelUse("m", "", default, Pricing.Priced, Most, IsRetry: false),
        };
}
