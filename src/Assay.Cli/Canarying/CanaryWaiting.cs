using Assay.Releases.Canaries;

namespace Assay.Cli.Canarying;

/// <summary>Follows a canary to its end.</summary>
internal static class CanaryWaiting
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // A hub that starts again is away for a moment.
    private const int MostMisses = 30;

    /// <summary>Tells what changes, and gives the status at the end: promoted, or rolled back and recorded.</summary>
    /// <exception cref="AssayException">The hub did not answer for half a minute (exit code 4).</exception>
    public static async Task<CanaryStatus> UntilEndAsync(
        CanaryHub source,
        CanaryStatus status,
        Func<CanaryStatus, Task> tell,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(Every, time);
        var misses = 0;
        while (!status.HasEnded && await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                var now = await source.GetAsync(status.Release, cancellationToken);
                if (CanaryView.Sentence(now) != CanaryView.Sentence(status))
                {
                    await tell(now);
                }

                (status, misses) = (now, 0);
            }
            catch (AssayException e) when (e.ExitCode == ExitCode.Infrastructure && ++misses < MostMisses)
            {
                // Asked again in a second.
            }
        }

        return status;
    }
}
