using System.Globalization;
using Assay.Rag.Gpu;

namespace Assay.Tests.Rag.Gpu;

public sealed class GpuProbeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static GpuProbe Probe(FakeNvidiaSmi program) => new(program.Path, Patience.Longest);

    [Fact]
    public async Task It_asks_for_the_five_fields_as_bare_CSV()
    {
        using var program = FakeNvidiaSmi.Printing("0, NVIDIA H100 PCIe, 11444, 81559, 37");
        var reading = await Probe(program).ReadAsync(Cancel);
        reading.Devices.ShouldHaveSingleItem().UsedBytes.ShouldBe(11444L << 20);
        program.Calls.ShouldBe(["--query-gpu=index,name,memory.used,memory.total,utilization.gpu --format=csv,noheader,nounits"]);
    }

    [Fact]
    public async Task A_missing_program_is_no_GPU_found_and_is_not_looked_for_again()
    {
        using var folder = new TemporaryFolder();
        var probe = new GpuProbe(folder.At("nvidia-smi"));
        (await probe.ReadAsync(Cancel)).ShouldBe(GpuReading.Unavailable("no GPU found"), Same);
        using var late = FakeNvidiaSmi.Using(100);
        File.CreateSymbolicLink(folder.At("nvidia-smi"), late.Path);
        (await probe.ReadAsync(Cancel)).UnavailableReason.ShouldBe("no GPU found");
        File.Exists(Path.Combine(folder.Path, "calls")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_bare_name_is_searched_on_the_path_and_not_in_the_current_folder()
    {
        var name = $"assay-absent-{Environment.ProcessId}";
        using var program = FakeNvidiaSmi.Using(100);
        var here = Path.Combine(Environment.CurrentDirectory, name);
        File.CreateSymbolicLink(here, program.Path);
        try
        {
            (await new GpuProbe(name).ReadAsync(Cancel)).UnavailableReason.ShouldBe("no GPU found");
        }
        finally
        {
            File.Delete(here);
        }
    }

    [Theory]
    [InlineData("echo 'No devices were found'; exit 6")]
    [InlineData("echo 'No devices were found'")]
    [InlineData("exit 0")]
    public async Task A_driver_without_a_device_is_no_GPU_found(string body)
    {
        using var program = new FakeNvidiaSmi(body);
        (await Probe(program).ReadAsync(Cancel)).UnavailableReason.ShouldBe("no GPU found");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" >&2")]
    public async Task A_failure_is_told_with_its_exit_code_and_first_line_whatever_the_stream(string stream)
    {
        using var program = new FakeNvidiaSmi($"echo \"{FakeNvidiaSmi.NoDriver}\"{stream}; echo more{stream}; exit 9");
        (await Probe(program).ReadAsync(Cancel)).UnavailableReason.ShouldBe($"nvidia-smi failed (exit 9): {FakeNvidiaSmi.NoDriver}");
    }

    [Fact]
    public async Task A_program_that_may_not_be_executed_is_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("nvidia-smi"), "#!/bin/sh\n", Cancel);
        var reason = (await new GpuProbe(folder.At("nvidia-smi")).ReadAsync(Cancel)).UnavailableReason.ShouldNotBeNull();
        reason.ShouldStartWith("nvidia-smi could not be started: ");
        reason.ShouldContain("Permission denied");
    }

    [Fact]
    public async Task A_hanging_program_is_killed_with_its_children_when_time_is_up()
    {
        using var program = new FakeNvidiaSmi("sleep 300 & echo $! > \"$here/child\"; echo $$ > \"$here/self\"; wait");
        var (time, limit) = (new MovedTime(), TimeSpan.FromSeconds(2));
        var reading = new GpuProbe(program.Path, limit, time).ReadAsync(Cancel);
        await Eventually.HoldsAsync(() => Written(program, "child") && Written(program, "self"), "the program runs");
        time.Pass(limit - TimeSpan.FromMilliseconds(1));
        reading.IsCompleted.ShouldBeFalse();
        time.Pass(TimeSpan.FromMilliseconds(1));
        (await reading.WaitAsync(Patience.Longest, Cancel)).UnavailableReason.ShouldBe("nvidia-smi timed out after 2 s");
        await EndsAsync(program, "self");
        await EndsAsync(program, "child");
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_wait_and_leaves_no_process()
    {
        using var program = new FakeNvidiaSmi("echo $$ > \"$here/self\"; exec sleep 300");
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Probe(program).ReadAsync(caller.Token);
        await Eventually.HoldsAsync(() => Written(program, "self"), "the program runs");
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await EndsAsync(program, "self");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" >&2")]
    public async Task A_runaway_that_prints_for_ever_is_stopped_at_64_KiB(string stream)
    {
        // It outlives its broken pipe, so that only a kill ends it.
        using var program = new FakeNvidiaSmi($"echo $$ > \"$here/self\"; trap '' PIPE; yes '0, NVIDIA H100 PCIe, 11444, 81559, 37'{stream}; exec sleep 300");
        (await Probe(program).ReadAsync(Cancel)).UnavailableReason.ShouldBe("nvidia-smi printed more than 64 KiB");
        await EndsAsync(program, "self");
    }

    [Fact]
    public async Task Each_reading_is_a_new_question()
    {
        using var program = FakeNvidiaSmi.Using(100, 200);
        var probe = Probe(program);
        (await probe.ReadAsync(Cancel)).Devices[0].UsedBytes.ShouldBe(100L << 20);
        (await probe.ReadAsync(Cancel)).Devices[0].UsedBytes.ShouldBe(200L << 20);
    }

    private static bool Written(FakeNvidiaSmi program, string file) =>
        File.Exists(Path.Combine(program.Folder, file)) && File.ReadAllText(Path.Combine(program.Folder, file)).EndsWith('\n');

    private static Task EndsAsync(FakeNvidiaSmi program, string file)
    {
        var pid = int.Parse(File.ReadAllText(Path.Combine(program.Folder, file)), CultureInfo.InvariantCulture);
        return Eventually.HoldsAsync(() => Ended(pid), $"process {pid} ends");
    }

    // A killed orphan may stay as a zombie (state Z) where nobody collects it.
    private static bool Ended(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].TrimStart()[0] == 'Z';
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return true;
        }
    }

    private static readonly IEqualityComparer<GpuReading> Same = EqualityComparer<GpuReading>.Create(
        (a, b) => a!.UnavailableReason == b!.UnavailableReason && a.HasDevice == b.HasDevice && a.Devices.SequenceEqual(b.Devices)
    );
}
