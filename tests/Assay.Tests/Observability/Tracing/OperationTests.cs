using System.Diagnostics;
using Assay.Observability.Tracing;

namespace Assay.Tests.Observability.Tracing;

public sealed class OperationTests
{
    [Fact]
    public void Attributes_keep_their_types()
    {
        using var bed = new TracingBed();
        using (var operation = bed.Source.Operation("rag.dense"))
        {
            operation.Set("batch_size", 5);
            operation.Set("latency_ms", 1.5);
            operation.Set("fallback_used", true);
            operation.Set("models_executed", "offline/lsa");
        }

        var span = bed.Exporter.Spans.ShouldHaveSingleItem();
        span.Attributes["batch_size"].ShouldBe(5L);
        span.Attributes["latency_ms"].ShouldBe(1.5);
        span.Attributes["fallback_used"].ShouldBe(true);
        span.Attributes["models_executed"].ShouldBe("offline/lsa");
    }

    [Fact]
    public void What_is_thrown_fails_the_span_and_goes_on()
    {
        using var bed = new TracingBed();
        Should.Throw<InvalidOperationException>(() => bed.Source.Trace("work", () => throw new InvalidOperationException("no room for bob@example.com")));
        var span = bed.Exporter.Spans.ShouldHaveSingleItem();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.StatusDescription.ShouldBe("no room for [email]");
        span.Events.ShouldBe(["exception"]);
    }

    [Fact]
    public async Task Asynchronous_work_is_traced_to_its_end()
    {
        using var bed = new TracingBed();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = bed.Source.TraceAsync("work", async () => await gate.Task);
        bed.Exported.ShouldBeEmpty();
        gate.SetResult(7);
        (await work).ShouldBe(7);
        await Should.ThrowAsync<InvalidOperationException>(() =>
            bed.Source.TraceAsync("failing", () => Task.FromException(new InvalidOperationException("x")))
        );
        bed.Exported.ShouldBe(["work", "failing"]);
        bed.Exporter.Spans[1].Status.ShouldBe(ActivityStatusCode.Error);
    }

    [Fact]
    public void An_operation_allocates_nothing_over_a_raw_activity()
    {
        using var source = new ActivitySource("Assay.Tests.Allocation");
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var raw = Allocated(() => Raw(source));
        Allocated(() => Ours(source)).ShouldBe(raw);
        raw.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_operation_that_nobody_listens_to_allocates_nothing()
    {
        using var source = new ActivitySource("Assay.Tests.Silent");
        Allocated(() => Ours(source)).ShouldBe(0);
    }

    [Fact]
    public void Attributes_of_a_span_that_is_only_passed_on_are_not_kept()
    {
        using var bed = new TracingBed();
        var remote = new ActivityContext(
            ActivityTraceId.CreateRandom(),
            ActivitySpanId.CreateRandom(),
            ActivityTraceFlags.None,
            traceState: null,
            isRemote: true
        );
        using var server = bed.Source.StartActivity("server", ActivityKind.Server, remote);
        var operation = new Operation(server);
        operation.Set("batch_size", 5);
        operation.IsRecorded.ShouldBeFalse();
        server!.TagObjects.ShouldBeEmpty();
    }

    private static void Raw(ActivitySource source)
    {
        using var activity = source.StartActivity("rag.dense");
        activity?.SetTag("batch_size", 5L);
        activity?.SetTag("latency_ms", 1.5);
        activity?.SetTag("models_executed", "offline/lsa");
    }

    private static void Ours(ActivitySource source)
    {
        using var operation = source.Operation("rag.dense");
        operation.Set("batch_size", 5);
        operation.Set("latency_ms", 1.5);
        operation.Set("models_executed", "offline/lsa");
    }

    private static long Allocated(Action action)
    {
        for (var i = 0; i < 100; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000;
    }
}
