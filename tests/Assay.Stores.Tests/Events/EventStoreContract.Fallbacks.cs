using static Assay.Stores.Tests.Events.Sample;

namespace Assay.Stores.Tests.Events;

/// <summary>What every event store promises of stages that fell back.</summary>
public abstract partial class EventStoreContract
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task A_fallback_is_counted_under_the_flags_of_its_request_in_whatever_order_spans_arrive(int seed, bool restarts)
    {
        SpanEvent[] spans =
        [
            Request(1) with
            {
                Variant = "ranker=new",
            },
            Stage(1, 2, "rag.dense", ""),
            Stage(1, 3, "rag.rerank", "model_timeout"),
            Stage(1, 4, "rag.rerank", ""),
            Child(1, 5),
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

        // The same once more changes nothing.
        await Append(spans);
        (await Sums(Series.Fallbacks, Dimension.Variant, Dimension.Name, Dimension.Category))
            .Select(Show)
            .ShouldBe(["ranker=new,rag.dense, 1/0", "ranker=new,rag.rerank, 1/0", "ranker=new,rag.rerank,model_timeout 1/1"]);
        (await Sums(Series.Fallbacks)).Single().DurationMs.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_flags_of_a_stage_are_those_of_its_own_service(int seed)
    {
        var inner = Request(1, Noon.AddMilliseconds(5)) with { Span = new SpanId(9), Parent = new SpanId(1), Variant = "ranker=new" };
        SpanEvent[] spans =
        [
            Request(1) with
            {
                Source = Service with { Service = "gateway" },
                Variant = "theme=dark",
            },
            inner,
            Stage(1, 2, "rag.rerank", "model_timeout"),
        ];
        new Random(seed).Shuffle(spans);
        foreach (var span in spans)
        {
            await Append(span);
        }

        (await Sums(Series.Fallbacks, Dimension.Service, Dimension.Variant)).Select(Show).ShouldBe(["rag-service,ranker=new 1/1"]);
    }

    [Fact]
    public async Task A_stage_of_a_request_without_flags_has_its_own()
    {
        await Append(Stage(1, 2, "rag.rerank", ""), Stage(1, 3, "rag.rerank", "") with { Variant = "depth=50" }, Request(1));
        // Its request never comes.
        await Append(Stage(2, 2, "rag.rerank", "model_timeout"));
        (await Sums(Series.Fallbacks, Dimension.Variant)).Select(Show).ShouldBe([" 2/1", "depth=50 1/0"]);
    }

    [Fact]
    public async Task Any_number_of_stages_may_come_before_their_request()
    {
        const int Many = 300;
        for (var i = 0; i < Many; i += 50)
        {
            await Append([.. Enumerable.Range(i, 50).Select(s => Stage(1, (ulong)s + 2, "rag.rerank", s % 3 == 0 ? "model_timeout" : ""))]);
        }

        await Append(Request(1) with { Variant = "ranker=new" });
        (await Sums(Series.Fallbacks, Dimension.Variant)).Select(Show).ShouldBe([$"ranker=new {Many}/{Many / 3}"]);
    }

    private static SpanEvent Stage(int trace, ulong span, string name, string fallback) => Child(trace, span) with { Name = name, Fallback = fallback };
}
