using Assay.Releases.Canaries;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>Waits for what comes about on a stage. A hub that is busy for a moment is asked again; one that has ended is told.</summary>
internal sealed class Waiting(Stage stage, TimeProvider time)
{
    // A time that is taken is too long by this at most.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until something holds.</summary>
    /// <returns>Whether it came to hold in time.</returns>
    /// <exception cref="AssayException">A program of the stage has ended (exit code 4).</exception>
    public async Task<bool> UntilAsync(Func<Task<bool>> holds, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await TryAsync(holds))
        {
            // Who stops the command in a terminal stops its programs too.
            cancellationToken.ThrowIfCancellationRequested();
            stage.DemandRunning();
            if (time.GetElapsedTime(started) > limit)
            {
                return false;
            }

            await Task.Delay(Every, time, cancellationToken);
        }

        return true;
    }

    /// <summary>The same for what must come to hold.</summary>
    /// <exception cref="AssayException">It does not (exit code 4).</exception>
    public async Task NeedAsync(Func<Task<bool>> holds, TimeSpan limit, string otherwise, CancellationToken cancellationToken)
    {
        if (!await UntilAsync(holds, limit, cancellationToken))
        {
            throw AssayException.Infrastructure(
                $"{otherwise}, after {limit.TotalMinutes:0} minutes.",
                "Run it again when the machine is less busy; with --keep the logs of the stage stay."
            );
        }
    }

    /// <summary>The status of the stage's canary when it is as wanted, or as it last was; null when the hub did not answer.</summary>
    public async Task<CanaryStatus?> StatusAsync(Func<CanaryStatus, bool> isWanted, TimeSpan limit, CancellationToken cancellationToken)
    {
        CanaryStatus? status = null;
        await UntilAsync(
            async () => isWanted(status = await stage.Canaries.GetAsync(RehearsalStage.Release.ToString(), cancellationToken)),
            limit,
            cancellationToken
        );
        return status;
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> holds)
    {
        try
        {
            return await holds();
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.Infrastructure)
        {
            return false;
        }
    }
}
