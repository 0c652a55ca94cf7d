using System.Diagnostics;

namespace Assay.Benchmarks.Stores;

/// <summary>The most memory that the process held while this lived, looked at ten times a second.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Timer timer;
    private long most;

    public PeakMemory() => timer = new Timer(_ => Look(), null, 0, 100);

    public double MiB
    {
        get
        {
            Look();
            return most / 1048576.0;
        }
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        using var process = Process.GetCurrentProcess();
        most = Math.Max(most, process.WorkingSet64);
    }
}
