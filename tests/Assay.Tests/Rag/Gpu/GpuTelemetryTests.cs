using Assay.Rag.Gpu;

namespace Assay.Tests.Rag.Gpu;

public sealed class GpuTelemetryTests : IDisposable
{
    // 11,444 MiB is 12.0 GB; 10,968 MiB is 11.5 GB.
    private const int ElevenAndAHalfGb = 10_968;

    private static readonly GpuOptions Rare = new() { SampleInterval = TimeSpan.FromHours(1) };
    private static readonly GpuOptions Frequent = new() { SampleInterval = TimeSpan.FromMilliseconds(10) };

    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _owned = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _owned.ForEach(o => o.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Without_a_GPU_everything_is_unavailable_and_nothing_is_locked()
    {
        var gpu = Telemetry(new GpuProbe(_folder.At("nvidia-smi")), Frequent);
        await using (var stage = await gpu.EnterAsync("dense", Cancel))
        {
            stage.UnavailableReason.ShouldBe("no GPU found");
            stage.PeakBytes.ShouldBeNull();
            stage.PeakGb.ShouldBeNull();
        }

        gpu.StagePeakBytes("dense").ShouldBeNull();
        gpu.LeaseEvents.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
        var baseline = gpu.Baseline();
        (baseline.Status, baseline.PeakMemoryUsedGb, baseline.SoftLimitExceeded).ShouldBe((GpuStatus.Unavailable, null, null));
        baseline.Footer.ShouldBe("gpu_soft_limit: unavailable (no GPU found)");
    }

    [Theory]
    [InlineData("echo 'No devices were found'; exit 6", "no GPU found")]
    [InlineData("echo 'broken' >&2; exit 9", "nvidia-smi failed (exit 9): broken")]
    public async Task A_run_that_found_no_GPU_does_not_start_the_program_again(string body, string reason)
    {
        var program = Own(new FakeNvidiaSmi(body));
        var gpu = Telemetry(program, Frequent);
        for (var i = 0; i < 3; i++)
            await using (await gpu.EnterAsync("dense", Cancel)) { }
        program.Calls.Length.ShouldBe(1);
        gpu.Baseline().Reason.ShouldBe(reason);
        gpu.Baseline().Status.ShouldBe(GpuStatus.Unavailable);
    }

    [Fact]
    public async Task A_device_above_the_limit_is_flagged_from_the_program_to_the_summary()
    {
        var gpu = Telemetry(Own(FakeNvidiaSmi.Using(100, ElevenAndAHalfGb)), new GpuOptions { SoftLimitGb = 10, SampleInterval = Rare.SampleInterval });
        await using (await gpu.EnterAsync("dense", Cancel)) { }
        var baseline = gpu.Baseline();
        baseline.SoftLimitExceeded.ShouldBe(true);
        baseline.Status.ShouldBe(GpuStatus.ExceededSoftLimit);
        baseline.SoftLimitDevices.ShouldBe([0]);
        baseline.PeakMemoryUsedGb!.Value.ShouldBe(11.5, 0.001);
        baseline.Footer.ShouldBe("gpu_soft_limit: exceeded_soft_limit (11.501 of 10 GB on device 0)");
    }

    [Fact]
    public async Task Each_stage_has_the_peak_of_its_own_time()
    {
        // Calls: detection, dense in, dense out, rerank in, rerank out.
        var gpu = Telemetry(Own(FakeNvidiaSmi.Using(900, 100, 300, 200, 250)), Rare);
        await using (await gpu.EnterAsync("dense", Cancel)) { }
        await using (await gpu.EnterAsync("rerank", Cancel)) { }
        gpu.StagePeakBytes("dense").ShouldBe(300L << 20);
        gpu.StagePeakBytes("rerank").ShouldBe(250L << 20);
        gpu.StagePeakBytes("sparse").ShouldBeNull();
        gpu.Baseline().Devices.ShouldHaveSingleItem().PeakBytes.ShouldBe(900L << 20);
        gpu.Baseline().Footer.ShouldBe("gpu_soft_limit: within_limit");
    }

    [Fact]
    public async Task A_peak_between_entering_and_leaving_is_seen()
    {
        var gpu = Telemetry(Own(FakeNvidiaSmi.Using(100, 100, 100, 7000, 100)), Frequent);
        await using (var stage = await gpu.EnterAsync("dense", Cancel))
        {
            await Eventually.HoldsAsync(() => stage.PeakBytes == 7000L << 20, "the sampler sees the peak");
            stage.PeakGb!.Value.ShouldBe(7.34, 0.001);
        }

        gpu.StagePeakBytes("dense").ShouldBe(7000L << 20);
    }

    [Fact]
    public async Task Nothing_is_asked_after_a_stage_was_left()
    {
        var program = Own(FakeNvidiaSmi.Using(100));
        var gpu = Telemetry(program, Frequent);
        await using (await gpu.EnterAsync("dense", Cancel))
            await Eventually.HoldsAsync(() => program.Calls.Length > 4, "the sampler runs");
        var calls = program.Calls.Length;
        // Time for many samples, had one gone on.
        var other = new GpuProbe(program.Path, Patience.Longest);
        for (var i = 0; i < 20; i++)
            await other.ReadAsync(Cancel);
        program.Calls.Length.ShouldBe(calls + 20);
    }

    [Fact]
    public async Task Taking_and_giving_back_are_recorded_with_the_memory_of_the_moment()
    {
        var gpu = Telemetry(Own(FakeNvidiaSmi.Using(50, 100, 300)), Rare);
        await using (await gpu.EnterAsync("dense", Cancel)) { }
        var events = gpu.LeaseEvents;
        events
            .Select(e => (e.Stage, e.Action, e.Memory[0].UsedBytes >> 20))
            .ShouldBe([("dense", GpuLeaseAction.Acquire, 100), ("dense", GpuLeaseAction.Release, 300)]);
        events[0].WaitedMs.ShouldBeGreaterThan(0);
        events[1].WaitedMs.ShouldBe(0);
        events[0].At.ShouldBeLessThanOrEqualTo(events[1].At);
        gpu.LeaseEventsDropped.ShouldBe(0);
    }

    [Fact]
    public async Task Stages_of_one_run_take_turns()
    {
        var gpu = Telemetry(Own(FakeNvidiaSmi.Using(100)), Rare);
        await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(i =>
                    Task.Run(
                        async () =>
                        {
                            await using (await gpu.EnterAsync($"s{i}", Cancel)) { }
                        },
                        Cancel
                    )
                )
        );
        var events = gpu.LeaseEvents;
        events.Count.ShouldBe(10);
        events.Chunk(2).ShouldAllBe(p => p[0].Stage == p[1].Stage && p[0].Action == GpuLeaseAction.Acquire && p[1].Action == GpuLeaseAction.Release);
    }

    [Fact]
    public async Task Leaving_twice_leaves_once_and_frees_the_lease()
    {
        var gpu = Telemetry(Own(FakeNvidiaSmi.Using(100)), Rare);
        var stage = await gpu.EnterAsync("dense", Cancel);
        await stage.DisposeAsync();
        await stage.DisposeAsync();
        gpu.LeaseEvents.Count.ShouldBe(2);
        await using (await gpu.EnterAsync("dense", Cancel)) { }
    }

    [Fact]
    public async Task A_driver_that_breaks_mid_run_keeps_the_peak_and_says_what_is_missing_and_is_left_alone()
    {
        var program = Own(new FakeNvidiaSmi("[ $call -le 2 ] && echo '0, Tesla T4, 1000, 15360, 3' && exit 0; echo 'GPU is lost' >&2; exit 15"));
        var gpu = Telemetry(program, Frequent);
        await using (await gpu.EnterAsync("dense", Cancel))
            await Eventually.HoldsAsync(() => gpu.Baseline().Reason?.StartsWith("3 of ") is true, "the sampler gives up");
        await using (await gpu.EnterAsync("rerank", Cancel)) { }
        program.Calls.Length.ShouldBe(2 + GpuObservations.GiveUpAfter);
        gpu.StagePeakBytes("dense").ShouldBe(1000L << 20);
        gpu.StagePeakBytes("rerank").ShouldBeNull();
        gpu.LeaseEvents[^1].Memory.ShouldBeEmpty();
        gpu.Baseline().Status.ShouldBe(GpuStatus.WithinLimit);
        gpu.Baseline().Reason.ShouldBe("3 of 5 readings failed, the last one: nvidia-smi failed (exit 15): GPU is lost");
    }

    [Fact]
    public async Task A_GPU_that_hides_its_memory_is_leased_and_its_memory_is_unavailable()
    {
        var program = Own(FakeNvidiaSmi.Printing("0, NVIDIA Thor, [N/A], [N/A], 3"));
        var gpu = Telemetry(program, Frequent);
        await using (var stage = await gpu.EnterAsync("dense", Cancel))
            stage.UnavailableReason.ShouldBe("nvidia-smi gave no memory figure: device 0 (NVIDIA Thor): memory.used is '[N/A]'");
        gpu.LeaseEvents.Count.ShouldBe(2);
        gpu.StagePeakBytes("dense").ShouldBeNull();
        gpu.Baseline().Status.ShouldBe(GpuStatus.Unavailable);
    }

    [Fact]
    public async Task A_device_that_hides_its_memory_beside_one_that_does_not_is_named()
    {
        var gpu = Telemetry(Own(FakeNvidiaSmi.Printing("0, NVIDIA Thor, [N/A], [N/A], 3", "1, Tesla T4, 1000, 15360, 3")), Rare);
        await gpu.DetectAsync(Cancel);
        gpu.Baseline().Status.ShouldBe(GpuStatus.WithinLimit);
        gpu.Baseline().Reason.ShouldBe("device 0 (NVIDIA Thor): memory.used is '[N/A]'");
    }

    [Fact]
    public void A_run_that_never_asked_says_so() =>
        Telemetry(new GpuProbe(_folder.At("nvidia-smi")), Rare)
            .Baseline()
            .Footer.ShouldBe("gpu_soft_limit: unavailable (nothing asked for the GPU in this run)");

    [Fact]
    public async Task Giving_up_while_entering_gives_the_lease_back()
    {
        // The second call, the reading at entry, hangs.
        var program = Own(new FakeNvidiaSmi("[ $call -eq 2 ] && exec sleep 300\necho '0, Tesla T4, 1000, 15360, 3'"));
        var gpu = Telemetry(program, Rare);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var entering = gpu.EnterAsync("dense", caller.Token);
        await Eventually.HoldsAsync(() => program.Calls.Length == 2, "the reading at entry hangs");
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => entering);
        await using (await gpu.EnterAsync("dense", Cancel)) { }
        gpu.LeaseEvents.Count.ShouldBe(2);
    }

    [Fact]
    public void Lease_events_past_the_bound_are_counted()
    {
        var log = new GpuLeaseLog();
        for (var i = 0; i < GpuLeaseLog.Capacity + 7; i++)
            log.Add(new GpuLeaseEvent($"{i}", GpuLeaseAction.Acquire, DateTimeOffset.UnixEpoch, 0, []));
        log.ToList().Count.ShouldBe(10_000);
        log.ToList()[^1].Stage.ShouldBe("9999");
        log.Dropped.ShouldBe(7);
    }

    [Fact]
    public void Stages_past_the_bound_have_no_peak_and_the_run_still_has_one()
    {
        var seen = new GpuObservations();
        for (var i = 0; i <= GpuObservations.MaxStages; i++)
            seen.Add($"s{i}", NvidiaSmiCsv.Parse($"0, Tesla T4, {100 + i}, 15360, 3", DateTimeOffset.UnixEpoch));
        seen.StagePeakBytes("s63").ShouldBe(163L << 20);
        seen.StagePeakBytes("s64").ShouldBeNull();
        seen.Peaks()[0].PeakBytes.ShouldBe(164L << 20);
    }

    private T Own<T>(T thing)
        where T : IDisposable
    {
        _owned.Add(thing);
        return thing;
    }

    private GpuTelemetry Telemetry(FakeNvidiaSmi program, GpuOptions options) => Telemetry(new GpuProbe(program.Path, Patience.Longest), options);

    private GpuTelemetry Telemetry(GpuProbe probe, GpuOptions options) =>
        new(probe, Own(new GpuLease(_folder.At("leases"), wait: Patience.Longest, poll: TimeSpan.FromMilliseconds(5))), options);
}
