using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Deleting;

/// <summary>
/// Deletes what ended before a time, in steps of a few milliseconds between which others write: traces with their blocks and requests, log records,
/// scores, exposures and outcomes, sums, and labels, senders and names that nothing needs any more. Sums by the minute go after 3 days and by the quarter of an hour after 10 in any case.
/// At last pages that became free go back to the disk.
/// </summary>
internal sealed class EventDeletion(SqliteFile file, Func<SqliteConnection, EventWriter> writer, TimeProvider time)
{
    /// <summary>Traces, requests or records of one step.</summary>
    public const int StepRows = 256;

    private const int FreedPages = 512;

    public async Task<long> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var nanos = Nanos.Of(before);
        // Before anything goes: what comes again while it is deleted is refused already.
        await file.Writer.RunAsync(c => Marked(c, nanos), cancellationToken);
        var events = await RepeatAsync(c => TraceDeletion.Step(c, Marked(c, nanos), nanos), cancellationToken);
        events += await RepeatAsync(c => RecordDeletion.Step(c, Marked(c, nanos), "log", EventCounts.Logs, nanos), cancellationToken);
        events += await RepeatAsync(c => RecordDeletion.Step(c, Marked(c, nanos), "score", EventCounts.Scores, nanos), cancellationToken);
        events += await DeleteUnitsAsync(nanos, cancellationToken);
        await RepeatAsync(c => writer(c).DeleteNames(nanos, StepRows), cancellationToken);
        await DeleteRequestsAsync(nanos, cancellationToken);
        await RepeatAsync(c => SumDeletion.Step(c, writer(c), before, time.GetUtcNow()), cancellationToken);
        await RepeatAsync(c => LabelDeletion.Step(c, writer(c), before), cancellationToken);
        if (await RepeatAsync(GiveBack, cancellationToken) > 0)
        {
            await file.Writer.TrimAsync(cancellationToken);
        }

        return events;
    }

    /// <summary>The writer that refuses from now on what is deleted; with each step anew, as others may have written what goes with it.</summary>
    private EventWriter Marked(SqliteConnection connection, long before)
    {
        var marked = writer(connection);
        DeletionMark.Raise(connection, marked.Counts, before);
        return marked;
    }

    /// <summary>Runs a step until it finds nothing more, and adds up what it did.</summary>
    private async Task<long> RepeatAsync(Func<SqliteConnection, long> step, CancellationToken cancellationToken)
    {
        var all = 0L;
        for (long done; (done = await file.Writer.RunAsync(step, cancellationToken)) > 0; )
        {
            all += done;
        }

        return all;
    }

    private async Task<long> DeleteUnitsAsync(long before, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        for (var goesOn = true; goesOn; )
        {
            var step = await file.Writer.RunAsync(c => Marked(c, before).DeleteUnits(before), cancellationToken);
            (deleted, goesOn) = (deleted + step.Deleted, step.GoesOn);
        }

        return deleted;
    }

    private async Task DeleteRequestsAsync(long before, CancellationToken cancellationToken)
    {
        for (var mark = RequestDeletion.Begin; mark is not null; )
        {
            var from = mark.Value;
            mark = await file.Writer.RunAsync(c => RequestDeletion.Step(c, from, before), cancellationToken);
        }
    }

    private static long GiveBack(SqliteConnection connection)
    {
        using var free = new Statement(connection, "PRAGMA freelist_count");
        var pages = free.Step() ? free.Long(0) : 0;
        free.Reset();
        using var give = new Statement(connection, $"PRAGMA incremental_vacuum({FreedPages})");
        give.Run();
        // Where the file was made without incremental vacuum nothing becomes fewer: then the pages wait for what comes.
        return free.Step() && free.Long(0) < pages ? pages - free.Long(0) : 0;
    }
}
