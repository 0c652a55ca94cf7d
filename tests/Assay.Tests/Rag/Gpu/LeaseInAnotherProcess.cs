using System.Diagnostics;
using System.Runtime.InteropServices;
using Assay.Rag.Gpu;

namespace Assay.Tests.Rag.Gpu;

/// <summary>This test program once more, as a second process that takes the lease of a folder and keeps it until it is killed.</summary>
internal sealed class LeaseInAnotherProcess : IDisposable
{
    public const string FolderVariable = "ASSAY_TEST_GPU_LEASE_FOLDER";

    private readonly Process _process;

    private LeaseInAnotherProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static async Task<LeaseInAnotherProcess> StartAsync(string folder)
    {
        var start = new ProcessStartInfo(
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")),
            [
                typeof(LeaseInAnotherProcess).Assembly.Location,
                "-method",
                $"{typeof(HeldLease).FullName}.{nameof(HeldLease.Is_kept_for_the_other_process)}",
                "-explicit",
                "only",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [FolderVariable] = folder },
        };
        var child = new LeaseInAnotherProcess(Process.Start(start)!);
        child._process.OutputDataReceived += (_, _) => { };
        child._process.BeginOutputReadLine();
        await Eventually.HoldsAsync(() => child._process.HasExited || File.Exists(Path.Combine(folder, "held")), "the other process holds the lease");
        child._process.HasExited.ShouldBeFalse("the other process ended before it held the lease");
        return child;
    }

    /// <summary>SIGKILL: no handler, no finally block, no release of its own.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}

/// <summary>What the second process runs.</summary>
public sealed class HeldLease
{
    [Fact(Explicit = true)]
    public async Task Is_kept_for_the_other_process()
    {
        var folder = Environment.GetEnvironmentVariable(LeaseInAnotherProcess.FolderVariable);
        Assert.SkipWhen(folder is null, "Runs in the second process of the lease tests alone.");
        using var lease = new GpuLease(folder);
        using var hold = await lease.AcquireAsync("rerank", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "held"), "", TestContext.Current.CancellationToken);
        // Longer than any test waits; a parent that died without killing it does not keep it for ever.
        await Task.Delay(Patience.Longest * 3, TestContext.Current.CancellationToken);
    }
}
