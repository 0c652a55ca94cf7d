using Assay.Embedded.Events.Deleting;
using Assay.Embedded.Events.Experiments;
using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Events.Spans;
using Assay.Embedded.Events.Sums;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>
/// Writes batches, on the writer's thread. First everything that touches the file, then what is only added to in memory: a batch that fails
/// leaves no trace in the sums.
/// </summary>
internal sealed class EventWriter : IDisposable
{
    private readonly TimeProvider time;
    private readonly EventCounts counts;
    private readonly LabelBook labels;
    private readonly Admission admission;
    private readonly SumBook sums;
    private readonly TraceBook traces;
    private readonly SpanWriter spans;
    private readonly RecordWriter records;
    private readonly ExperimentWriter experiments;
    private bool isLoaded;

    private EventWriter(SqliteConnection connection, TimeProvider time, RunSizes sizes)
    {
        this.time = time;
        counts = new EventCounts(connection);
        labels = new LabelBook(connection, time);
        admission = new Admission(connection, labels);
        sums = new SumBook(connection);
        traces = new TraceBook(connection);
        spans = new SpanWriter(connection, traces, labels, counts);
        records = new RecordWriter(connection, labels, counts);
        experiments = new ExperimentWriter(connection, counts, sizes);
    }

    /// <summary>The writer of a file, made by the first job that asks for it.</summary>
    public static Func<SqliteConnection, EventWriter> Once(SqliteWriter file, TimeProvider time, RunSizes sizes)
    {
        EventWriter? made = null;
        return connection =>
        {
            if (made is null)
            {
                made = new EventWriter(connection, time, sizes);
                file.Join(new WriteHooks(made.Flush, made.Forget, made.Dispose));
            }

            return made;
        };
    }

    public TraceBook Traces => traces;

    /// <summary>A step of giving back the room of exposures and outcomes that were deleted.</summary>
    public DeletionStep DeleteUnits(long before)
    {
        Load();
        return experiments.DeleteStep(before);
    }

    /// <summary>A step of deleting names of experiments that no event has any more; gives how many.</summary>
    public int DeleteNames(long before, int most) => experiments.DeleteNamesStep(before, most);

    public EventCounts Counts
    {
        get
        {
            Load();
            return counts;
        }
    }

    /// <summary>Writes the open sums and lets them go, so that rows may be deleted.</summary>
    public void CloseSums()
    {
        sums.Flush();
        sums.ForgetAll();
        admission.ForgetAll();
    }

    /// <summary>Forgets which labels are in the file.</summary>
    public void CloseLabels() => labels.ForgetAll();

    public AppendReport Append(PreparedBatch batch)
    {
        Load();
        DeletionMark.Mend(counts, time.GetUtcNow());
        var before = counts[EventCounts.Position];
        var parts = new SumParts(admission, time.GetUtcNow());
        var late = new LateEvents(counts);
        var units = experiments.Write(batch.Events, late, time.GetUtcNow());
        var fresh = new EventBatch
        {
            Exposures = units.Exposures,
            Outcomes = units.Outcomes,
            Spans = spans.Write(batch, parts, late),
            Logs = records.Write(batch.Events.Logs, parts, late),
            Scores = records.Write(batch.Events.Scores, parts, late),
        };
        Count(fresh, parts);
        counts[EventCounts.TooLate] += late.Refused.Count;
        foreach (var entry in parts.Entries)
        {
            sums.Add(entry);
        }

        return new AppendReport(fresh, batch.Events.Count - fresh.Count - late.Refused.Count - units.TooManyNames.Count, counts[EventCounts.Position])
        {
            Before = before,
            TooLate = late.Refused,
            TooManyNames = units.TooManyNames,
        };
    }

    public void Dispose()
    {
        counts.Dispose();
        labels.Dispose();
        admission.Dispose();
        sums.Dispose();
        traces.Dispose();
        spans.Dispose();
        records.Dispose();
        experiments.Dispose();
    }

    private void Count(EventBatch fresh, SumParts parts)
    {
        counts[EventCounts.Spans] += fresh.Spans.Count;
        counts[EventCounts.Logs] += fresh.Logs.Count;
        counts[EventCounts.Scores] += fresh.Scores.Count;
        counts[EventCounts.Folded] += parts.Folded;
        counts[EventCounts.OutOfTime] += parts.OutOfTime;
    }

    private void Flush()
    {
        sums.Flush();
        admission.Trim();
        counts.Flush();
    }

    private void Forget()
    {
        sums.ForgetAll();
        admission.ForgetAll();
        labels.ForgetAll();
        traces.ForgetAll();
        experiments.ForgetAll();
        isLoaded = false;
    }

    private void Load()
    {
        if (!isLoaded)
        {
            counts.Load();
            isLoaded = true;
        }
    }
}
