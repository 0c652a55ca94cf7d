using System.Diagnostics;
using Assay.Observability;
using Assay.Observability.Hosting;
using Assay.Observability.Tracing;

namespace Assay.Tests.Observability.Tracing;

public sealed class SamplingTests
{
    [Fact]
    public void At_rate_1_every_span_is_exported()
    {
        using var bed = new TracingBed();
        Nested(bed.Source, fail: false);
        bed.Exported.ShouldBe(["child", "root"]);
    }

    [Fact]
    public void At_rate_0_an_ordinary_trace_is_dropped_and_counted()
    {
        using var bed = Unsampled();
        Nested(bed.Source, fail: false);
        bed.Exported.ShouldBeEmpty();
        bed.Dropped(DropReason.SampledOut).ShouldBe(2);
    }

    [Fact]
    public void At_rate_0_a_failed_child_keeps_its_whole_trace()
    {
        using var bed = Unsampled();
        Nested(bed.Source, fail: true);
        bed.Exported.ShouldBe(["child", "root"]);
        bed.Exporter.Spans[0].ParentId.ShouldBe(bed.Exporter.Spans[1].SpanId);
        bed.Dropped(DropReason.SampledOut).ShouldBe(0);
    }

    [Fact]
    public void At_rate_0_a_slow_root_keeps_its_whole_trace()
    {
        using var bed = Unsampled();
        using (var root = bed.Source.StartActivity("root"))
        {
            bed.Source.StartActivity("child")!.Dispose();
            root!.SetEndTime(root.StartTimeUtc.AddMilliseconds(501));
        }

        bed.Exported.ShouldBe(["child", "root"]);
    }

    [Fact]
    public void A_root_that_takes_exactly_the_limit_is_not_slow()
    {
        using var bed = Unsampled();
        using (var root = bed.Source.StartActivity("root"))
        {
            root!.SetEndTime(root.StartTimeUtc.AddMilliseconds(500));
        }

        bed.Exported.ShouldBeEmpty();
    }

    [Fact]
    public void A_span_that_outlives_its_root_follows_the_roots_fate()
    {
        using var bed = Unsampled();
        var root = bed.Source.StartActivity("root")!;
        var late = bed.Source.StartActivity("late")!;
        root.SetStatus(ActivityStatusCode.Error);
        root.Stop();
        late.Stop();
        bed.Exported.ShouldBe(["root", "late"]);
    }

    [Fact]
    public void What_a_trace_has_no_room_for_is_counted()
    {
        using var bed = Unsampled();
        using (var root = bed.Source.Operation("root"))
        {
            for (var i = 0; i < TailSampling.MaxSpansPerTrace + 7; i++)
            {
                bed.Source.StartActivity("child")!.Dispose();
            }

            root.Fail("broken");
        }

        bed.Exported.Count().ShouldBe(TailSampling.MaxSpansPerTrace + 1);
        bed.Dropped(DropReason.BufferFull).ShouldBe(7);
    }

    [Fact]
    public void Traces_beyond_the_bound_are_counted_and_their_failed_roots_still_kept()
    {
        using var bed = Unsampled();
        var open = new List<Activity>();
        for (var i = 0; i < TailSampling.MaxTraces + 2; i++)
        {
            Activity.Current = null;
            open.Add(bed.Source.StartActivity($"root {i}")!);
        }

        open[^1].Stop();
        bed.Dropped(DropReason.BufferFull).ShouldBe(1);
        open[^2].SetStatus(ActivityStatusCode.Error);
        open[^2].Stop();
        bed.Exported.ShouldBe([open[^2].OperationName]);
        open.ForEach(a => a.Stop());
        bed.Dropped(DropReason.SampledOut).ShouldBe(TailSampling.MaxTraces);
        Activity.Current = null;
    }

    [Fact]
    public void Probes_take_no_places_from_traces()
    {
        using var bed = Unsampled();
        for (var i = 0; i < TailSampling.MaxTraces + 5; i++)
        {
            Activity.Current = null;
            var probe = bed.Source.StartActivity("probe")!;
            bed.Source.StartActivity("look")!.Dispose();
            RequestSpan.Suppress(probe);
            probe.Stop();
        }

        Activity.Current = null;
        Nested(bed.Source, fail: true);
        bed.Exported.ShouldBe(["child", "root"]);
        bed.Dropped(DropReason.BufferFull).ShouldBe(0);
    }

    [Fact]
    public void A_failed_trace_that_is_still_open_at_shutdown_is_exported()
    {
        using var bed = Unsampled();
        using var root = bed.Source.StartActivity("root");
        using (var child = bed.Source.Operation("child"))
        {
            child.Fail("broken");
        }

        bed.Shutdown();
        bed.Exported.ShouldBe(["child"]);
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, 0.0, 2)]
    [InlineData(ActivityTraceFlags.None, 1.0, 0)]
    public void A_remote_parents_decision_stands(ActivityTraceFlags flags, double rate, int exported)
    {
        using var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = "", TraceSampleRate = rate });
        var remote = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, traceState: null, isRemote: true);
        using (bed.Source.StartActivity("server", ActivityKind.Server, remote))
        {
            using var child = bed.Source.Operation("child");
            child.Fail("broken");
        }

        bed.Exported.Count().ShouldBe(exported);
    }

    [Fact]
    public void The_rate_is_the_share_of_traces()
    {
        using var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = "", TraceSampleRate = 0.25 });
        for (var i = 0; i < 4_000; i++)
        {
            Activity.Current = null;
            bed.Source.StartActivity("root")!.Dispose();
        }

        // Six standard deviations of a binomial around 1000 is 164.
        bed.Exported.Count().ShouldBeInRange(836, 1164);
        (bed.Exported.Count() + bed.Dropped(DropReason.SampledOut)).ShouldBe(4_000);
    }

    private static TracingBed Unsampled() => new(new ObservabilityOptions { TraceFilePath = "", TraceSampleRate = 0 });

    private static void Nested(ActivitySource source, bool fail)
    {
        using var root = source.Operation("root");
        using var child = source.Operation("child");
        if (fail)
        {
            child.Fail(new InvalidOperationException("broken"));
        }
    }
}
