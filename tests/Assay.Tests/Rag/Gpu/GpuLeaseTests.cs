using Assay.Rag.Gpu;

namespace Assay.Tests.Rag.Gpu;

public sealed class GpuLeaseTests
{
    // For a lease that is held until the wait is over.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_process_is_kept_out_and_named_and_its_kill_frees_the_lease()
    {
        using var folder = new TemporaryFolder();
        using var other = await LeaseInAnotherProcess.StartAsync(folder.Path);
        using var impatient = new GpuLease(folder.Path, wait: Short);
        var error = await Should.ThrowAsync<AssayException>(() => impatient.AcquireAsync("dense", Cancel));
        error.ExitCode.ShouldBe(ExitCode.Infrastructure);
        error.Message.ShouldStartWith(
            $"Stage 'dense' waited 0.3 s for the GPU lease '{folder.At("gpu-all.lock")}', held by pid {other.Id}, stage rerank, since 2"
        );

        using var lease = new GpuLease(folder.Path, wait: Patience.Longest, poll: TimeSpan.FromMilliseconds(20));
        var waiting = lease.AcquireAsync("dense", Cancel);
        waiting.IsCompleted.ShouldBeFalse();
        other.Kill();
        using var hold = await waiting;
        (await File.ReadAllTextAsync(lease.HolderPath, Cancel)).ShouldStartWith($"pid {Environment.ProcessId}, stage dense, since ");
    }

    [Fact]
    public async Task Twenty_stages_of_one_process_run_one_at_a_time()
    {
        using var folder = new TemporaryFolder();
        using var one = new GpuLease(folder.Path, wait: Patience.Longest, poll: TimeSpan.FromMilliseconds(5));
        using var two = new GpuLease(folder.Path, wait: Patience.Longest, poll: TimeSpan.FromMilliseconds(5));
        var inside = 0;
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => EnterAsync(i % 2 == 0 ? one : two, i), Cancel)));
        done.ShouldBe(20);

        async Task EnterAsync(GpuLease lease, int i)
        {
            using var hold = await lease.AcquireAsync($"stage {i}", Cancel);
            Interlocked.Increment(ref inside).ShouldBe(1);
            await Task.Yield();
            await File.WriteAllTextAsync(folder.At("work"), $"{i}", Cancel);
            Interlocked.Decrement(ref inside).ShouldBe(0);
            done++;
        }
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_queue_and_the_lease_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var lease = new GpuLease(folder.Path, wait: Patience.Longest);
        var hold = await lease.AcquireAsync("dense", Cancel);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var queued = lease.AcquireAsync("rerank", caller.Token);
        using var elsewhere = new GpuLease(folder.Path, wait: Patience.Longest);
        var polling = elsewhere.AcquireAsync("sparse", caller.Token);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => queued);
        await Should.ThrowAsync<OperationCanceledException>(() => polling);
        hold.Dispose();
        (await lease.AcquireAsync("export", Cancel)).Dispose();
        (await elsewhere.AcquireAsync("export", Cancel)).Dispose();
    }

    [Fact]
    public async Task The_wait_in_the_own_process_is_bounded_too_and_measured()
    {
        using var folder = new TemporaryFolder();
        var time = new MovedTime();
        using var lease = new GpuLease(folder.Path, wait: Short, time: time);
        var first = await lease.AcquireAsync("dense", Cancel);
        first.Waited.ShouldBe(TimeSpan.Zero);
        var tooLong = lease.AcquireAsync("rerank", Cancel);
        time.Pass(Short);
        var error = await Should.ThrowAsync<AssayException>(tooLong);
        error.Message.ShouldContain($"pid {Environment.ProcessId}, stage dense");

        var queued = lease.AcquireAsync("rerank", Cancel);
        time.Pass(Short / 3);
        first.Dispose();
        using var second = await queued;
        second.Waited.ShouldBe(Short / 3);
    }

    [Fact]
    public async Task Giving_back_twice_gives_back_once()
    {
        using var folder = new TemporaryFolder();
        using var lease = new GpuLease(folder.Path, wait: Short);
        var first = await lease.AcquireAsync("dense", Cancel);
        first.Dispose();
        first.Dispose();
        using var second = await lease.AcquireAsync("dense", Cancel);
        File.Exists(lease.HolderPath).ShouldBeTrue();
        await Should.ThrowAsync<AssayException>(() => lease.AcquireAsync("rerank", Cancel));
    }

    [Fact]
    public async Task Two_devices_do_not_wait_for_each_other()
    {
        using var folder = new TemporaryFolder();
        using var zero = new GpuLease(folder.Path, device: 0, wait: Short);
        using var one = new GpuLease(folder.Path, device: 1, wait: Short);
        using var first = await zero.AcquireAsync("dense", Cancel);
        using var second = await one.AcquireAsync("dense", Cancel);
        Path.GetFileName(one.LockPath).ShouldBe("gpu-1.lock");
    }

    [Fact]
    public async Task The_folder_is_made_for_the_owner_alone()
    {
        using var folder = new TemporaryFolder();
        using var lease = new GpuLease(folder.At("deep/assay"), wait: Patience.Longest);
        using var hold = await lease.AcquireAsync("dense", Cancel);
        ShouldBeOwnerOnly(folder.At("deep/assay"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_is_named_with_a_fix()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("file"), "", Cancel);
        using var lease = new GpuLease(folder.At("file/assay"), wait: Patience.Longest);
        var error = await Should.ThrowAsync<AssayException>(() => lease.AcquireAsync("dense", Cancel));
        error.ExitCode.ShouldBe(ExitCode.Infrastructure);
        error.Message.ShouldContain(folder.At("file/assay"));
    }

    [Fact]
    public async Task A_lock_file_that_cannot_be_opened_is_named_and_does_not_block_the_queue()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("gpu-all.lock"));
        using var lease = new GpuLease(folder.Path, wait: Patience.Longest);
        (await Should.ThrowAsync<AssayException>(() => lease.AcquireAsync("dense", Cancel))).Message.ShouldContain("gpu-all.lock");
        Directory.Delete(folder.At("gpu-all.lock"));
        (await lease.AcquireAsync("dense", Cancel)).Dispose();
    }

    [Fact]
    public void The_default_folder_is_the_runtime_folder_or_one_with_the_user_s_name()
    {
        using var runtime = new TemporaryFolder();
        GpuLeaseFolder.Default(runtime.Path, "ann").ShouldBe(runtime.At("assay"));
        var temporary = Path.Combine(Path.GetTempPath(), "assay-corp_ann");
        GpuLeaseFolder.Default(null, @"corp\ann").ShouldBe(temporary);
        GpuLeaseFolder.Default("relative", @"corp\ann").ShouldBe(temporary);
        GpuLeaseFolder.Default(runtime.At("absent"), "corp/ann").ShouldBe(temporary);
    }

    [Fact]
    public void A_link_laid_in_the_temporary_folder_is_refused_and_an_open_folder_of_ours_is_closed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("target"));
        Directory.CreateSymbolicLink(folder.At("link"), folder.At("target"));
        Should.Throw<AssayException>(() => GpuLeaseFolder.Ensure(folder.At("link"), ownerOnly: true)).Message.ShouldContain("symbolic link");
        GpuLeaseFolder.Ensure(folder.At("target"), ownerOnly: true);
        ShouldBeOwnerOnly(folder.At("target"));
    }

    private static void ShouldBeOwnerOnly(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
