using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;
using Assay.Server.Experiments.Pages;
using Assay.Server.Flags;
using Assay.Stores;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Experiments;

/// <summary>
/// Looks at the experiments that run whenever their interval is over, one after the other. Which look was the last is read from the remembered looks, so a hub
/// that starts again makes what it has missed once.
/// </summary>
internal sealed partial class ScheduledLooks(FlagDesk desk, ExperimentShelf shelf, LookBook book, TimeProvider time, ILogger<ScheduledLooks> log) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    // By experiment and version: until when the schedule is done. As many as the desk has experiments, and a few versions of each.
    private readonly Dictionary<(string Name, int Version), DateTimeOffset> done = [];

    /// <summary>Makes the looks that are due; who asks meanwhile waits, and finds them made.</summary>
    /// <returns>How many were made and remembered.</returns>
    public async Task<int> MakeDueAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var made = 0;
            foreach (var definition in desk.State.Experiments.Values.Where(e => e.Running).OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                made += await TryAsync(definition, cancellationToken) ? 1 : 0;
            }

            return made;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<bool> TryAsync(ExperimentFile definition, CancellationToken cancellationToken)
    {
        var key = (definition.Name, definition.Version);
        try
        {
            if (!done.TryGetValue(key, out var last))
            {
                last = await book.LastScheduledAsync(definition.Name, definition.Version, cancellationToken) ?? DateTimeOffset.MinValue;
            }

            if (LookSchedule.Due(LookInterval.Of(definition), last, time.GetUtcNow()) is not { } due)
            {
                done[key] = last;
                return false;
            }

            var report = await shelf.LookOnScheduleAsync(definition, due, cancellationToken);
            done[key] = due;
            return report is not null;
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.WrongUsage)
        {
            // The page of the experiment says it too; it is tried again when the next look is due, or its file has changed to another version.
            NotAnalysed(log, definition.Name, e.Message, e.Fix);
            done[key] = time.GetUtcNow();
            return false;
        }
        catch (Exception e) when (e is AssayException or StoreBusyException or IOException)
        {
            NotMade(log, definition.Name, e.Message);
            return false;
        }
        // The hub ends when one of its background services throws; one experiment is no reason to, and the others are looked at all the same.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(log, e, definition.Name);
            done[key] = time.GetUtcNow();
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The scheduled look at {Experiment} cannot be made: {Problem} {Fix}")]
    private static partial void NotAnalysed(ILogger log, string experiment, string problem, string fix);

    [LoggerMessage(2, LogLevel.Error, "The scheduled look at {Experiment} was not made, which is tried again within a minute: {Problem}")]
    private static partial void NotMade(ILogger log, string experiment, string problem);

    [LoggerMessage(3, LogLevel.Error, "The scheduled look at {Experiment} failed; it is tried again when the next one is due")]
    private static partial void Failed(ILogger log, Exception exception, string experiment);
}
