using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>Counts that are kept beside the events, so that measuring reads no events.</summary>
internal sealed class EventCounts(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, long> values = [];
    private readonly HashSet<string> changed = [];
    private readonly Statement put = new(connection, "INSERT OR REPLACE INTO event_count(name, value) VALUES (?, ?)");

    public const string Position = "position";
    public const string Requests = "requests";
    public const string Spans = "spans";
    public const string Traces = "traces";
    public const string Logs = "logs";
    public const string Scores = "scores";
    public const string Exposures = "exposures";
    public const string Outcomes = "outcomes";

    /// <summary>Exposures and outcomes that lie in no run yet.</summary>
    public const string ExperimentFresh = "experiment_fresh";

    /// <summary>The earliest time of those, in nanoseconds since 1970 UTC.</summary>
    public const string ExperimentFreshFirst = "experiment_fresh_first";

    /// <summary>The last id of an experiment, a variant or a metric.</summary>
    public const string ExperimentNames = "experiment_names";

    /// <summary>One more with each commit that changes exposures, outcomes or their runs.</summary>
    public const string ExperimentChanges = "experiment_changes";
    public const string Folded = "folded";
    public const string OutOfTime = "out_of_time";
    public const string TooLate = "too_late";

    /// <summary>Nanoseconds since 1970 UTC: events that ended before were deleted; see <see cref="Deleting.DeletionMark"/>.</summary>
    public const string DeletedBefore = "deleted_before";

    public long this[string name]
    {
        get => values.GetValueOrDefault(name);
        set
        {
            values[name] = value;
            changed.Add(name);
        }
    }

    /// <summary>A value that may not be there yet.</summary>
    public long? Find(string name) => values.TryGetValue(name, out var value) ? value : null;

    public long Next(string name) => this[name] = this[name] + 1;

    public void Load()
    {
        values.Clear();
        changed.Clear();
        foreach (var (name, value) in Read(connection))
        {
            values[name] = value;
        }
    }

    public void Flush()
    {
        foreach (var name in changed)
        {
            put.Bind(1, name).Bind(2, values[name]).Run();
        }

        changed.Clear();
    }

    public void Dispose() => put.Dispose();

    public static Dictionary<string, long> Read(SqliteConnection connection)
    {
        using var all = new Statement(connection, "SELECT name, value FROM event_count");
        var read = new Dictionary<string, long>();
        while (all.Step())
        {
            read[all.Text(0)] = all.Long(1);
        }

        return read;
    }
}
