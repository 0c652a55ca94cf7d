using Assay.Prices;
using Assay.Server.Traces;
using Assay.Stores;

namespace Assay.Server.Tests.Traces;

public sealed class TraceTreeTests
{
    private static readonly TelemetrySource Source = new("svc", "1", "", default, "");

    [Fact]
    public void Children_follow_their_parent_in_order_of_begin()
    {
        var rows = TraceTree.Of([Span(3, parent: 1, start: 20), Span(1, start: 0), Span(2, parent: 1, start: 10), Span(4, parent: 2, start: 15)]);

        rows.Select(r => (r.Span.Span.Value, r.Depth)).ShouldBe([(1ul, 0), (2ul, 1), (4ul, 2), (3ul, 1)]);
    }

    [Fact]
    public void A_span_without_its_parent_is_a_root_that_says_so()
    {
        var rows = TraceTree.Of([Span(2, parent: 99, start: 5), Span(3, parent: 2, start: 6)]);

        rows.Select(r => (r.Depth, r.IsOrphan)).ShouldBe([(0, true), (1, false)]);
    }

    [Fact]
    public void Spans_in_a_circle_are_all_there_once()
    {
        var rows = TraceTree.Of([Span(1, parent: 2, start: 0), Span(2, parent: 1, start: 1), Span(3, parent: 3, start: 2)]);

        rows.Select(r => r.Span.Span.Value).ShouldBe([3ul, 1ul, 2ul], ignoreOrder: true);
    }

    [Fact]
    public void A_chain_of_fifty_thousand_spans_is_no_deeper_than_the_stack()
    {
        var spans = Enumerable.Range(1, 50_000).Select(i => Span((ulong)i, parent: (ulong)(i - 1), start: i)).ToList();

        TraceTree.Of(spans)[^1].Depth.ShouldBe(49_999);
    }

    [Fact]
    public void A_row_has_the_cost_of_all_under_it()
    {
        var rows = TraceTree.Of([Span(1, start: 0), Span(2, parent: 1, start: 1), Paid(3, 2, 0.5m), Paid(4, 2, 0.25m), Paid(5, 1, 1m), Paid(6, 0, 7m)]);

        rows.ToDictionary(r => r.Span.Span.Value, r => r.Cost.Cost.Dollars)
            .ShouldBe(
                new Dictionary<ulong, decimal>
                {
                    [1] = 1.75m,
                    [2] = 0.75m,
                    [3] = 0.5m,
                    [4] = 0.25m,
                    [5] = 1m,
                    [6] = 7m,
                },
                ignoreOrder: true
            );
    }

    [Fact]
    public void A_trace_in_parts_has_no_late_spans_and_shows_its_deepest_failure()
    {
        var failed = Span(4, parent: 3, start: 30) with { Failed = true };
        var trace = TraceModel.Of(new StoredTrace([Span(2, parent: 9, start: 0), Span(3, parent: 9, start: 20), failed], [], []), default)!;

        trace.Orphans.ShouldBe(2);
        trace.Late.ShouldBe(0);
        trace.Chosen.ShouldBe(failed);
    }

    [Fact]
    public void A_bar_is_never_outside_its_drawing()
    {
        var trace = TraceModel.Of(new StoredTrace([Span(1, start: 0, length: 1000), Span(2, parent: 1, start: 1000, length: 0)], [], []), default)!;
        var drawing = new Waterfall(trace);

        (drawing.Left(trace.Rows[1].Span), drawing.Width(trace.Rows[1].Span)).ShouldBe(("99.6%", "0.4%"));
        (drawing.Left(trace.Rows[0].Span), drawing.Width(trace.Rows[0].Span)).ShouldBe(("0%", "100%"));
    }

    private static SpanEvent Paid(ulong id, ulong parent, decimal dollars) =>
        Span(id, parent, start: (long)id) with
        {
            Use = new ModelUse("m", "", default, Pricing.Priced, Money.OfDollars(dollars), IsRetry: false),
        };

    private static SpanEvent Span(ulong id, ulong parent = 0, long start = 0, long length = 5) =>
        new()
        {
            Trace = new TraceId(1),
            Span = new SpanId(id),
            Parent = new SpanId(parent),
            Source = Source,
            Name = "span " + id,
            StartNanos = start,
            DurationNanos = length,
        };
}
