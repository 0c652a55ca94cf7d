using System.Runtime.InteropServices;

namespace Assay.Cli;

/// <summary>For commands that take their time to end: the first Ctrl+C stops the command, which the command line sees to; the second ends the process.</summary>
internal sealed class SecondSignal : IDisposable
{
    // 128 + SIGINT, as shells have it.
    private const int Interrupted = 130;

    private readonly PosixSignalRegistration[] registrations;
    private int signals;

    public SecondSignal() =>
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Count), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Count)];

    public void Dispose() => Array.ForEach(registrations, r => r.Dispose());

    private void Count(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref signals) > 1)
        {
            Environment.Exit(Interrupted);
        }
    }
}
