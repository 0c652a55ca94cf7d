using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments;

/// <summary>The ids of experiments, variants and metrics for the writer; new names get one, up to a bound.</summary>
internal sealed class ExperimentNames(SqliteConnection connection, EventCounts counts) : IDisposable
{
    /// <summary>Experiments in a store, and variants and metrics of one: a sender that puts ids into names must not fill the file.</summary>
    public const int MostExperiments = 10_000;
    public const int MostNames = 1_000;

    /// <summary>Names that are remembered; others are looked up.</summary>
    private const int Bound = 8_192;

    private readonly Generations<Name, Known> known = new(Bound);
    private readonly Statement find = new(connection, "SELECT id, seen FROM experiment_name WHERE experiment = ? AND kind = ? AND version = ? AND name = ?");
    private readonly Statement count = new(connection, "SELECT count(*) FROM experiment_name WHERE experiment = ?");
    private readonly Statement see = new(connection, "UPDATE experiment_name SET seen = ? WHERE id = ?");
    private readonly Statement delete = new(connection, "DELETE FROM experiment_name WHERE id IN (SELECT id FROM experiment_name WHERE seen < ? LIMIT ?)");
    private readonly Statement insert = new(connection, "INSERT INTO experiment_name(id, experiment, kind, version, name, seen) VALUES (?, ?, ?, ?, ?, ?)");

    /// <summary>The id of a name; 0 when there are too many already.</summary>
    /// <param name="name">The name.</param>
    /// <param name="hour">Up to when it is needed, in hours since 1970.</param>
    public int IdOf(in Name name, long hour)
    {
        if (known.TryGet(name, out var found) || TryFind(name, out found))
        {
            if (found.Seen < hour)
            {
                see.Bind(1, hour).Bind(2, found.Id).Run();
                found = found with { Seen = hour };
                known.Put(name, found);
            }

            return found.Id;
        }

        return IsFull(name.Experiment) ? 0 : Insert(name, hour);
    }

    /// <summary>Deletes some names that no event needs which happened after a time; gives how many.</summary>
    public int DeleteStep(long before, int names)
    {
        known.Clear();
        return delete.Bind(1, HourOf(before)).Bind(2, names).Run();
    }

    /// <summary>Hours since 1970.</summary>
    public static long HourOf(long nanos) => nanos / (3_600L * 1_000_000_000);

    public void ForgetAll() => known.Clear();

    public void Dispose()
    {
        find.Dispose();
        count.Dispose();
        see.Dispose();
        insert.Dispose();
        delete.Dispose();
    }

    private bool TryFind(in Name name, out Known found)
    {
        var isThere = find.Bind(1, name.Experiment).Bind(2, (long)name.Kind).Bind(3, name.Version).Bind(4, name.Text).Step();
        found = isThere ? new Known((int)find.Long(0), find.Long(1)) : default;
        find.Reset();
        if (isThere)
        {
            known.Put(name, found);
        }

        return isThere;
    }

    private bool IsFull(int experiment)
    {
        count.Bind(1, experiment).Step();
        var names = count.Long(0);
        count.Reset();
        return names >= (experiment == 0 ? MostExperiments : MostNames);
    }

    /// <summary>Ids are never given again: records of a name that was deleted may still lie in a run.</summary>
    private int Insert(in Name name, long hour)
    {
        var id = (int)counts.Next(EventCounts.ExperimentNames);
        insert.Bind(1, id).Bind(2, name.Experiment).Bind(3, (long)name.Kind).Bind(4, name.Version).Bind(5, name.Text).Bind(6, hour).Run();
        known.Put(name, new Known(id, hour));
        return id;
    }

    private readonly record struct Known(int Id, long Seen);
}

/// <summary>A name with its place: version 0 but for variants, experiment 0 for experiments.</summary>
internal readonly record struct Name(int Experiment, NameKind Kind, int Version, string Text)
{
    public static Name OfExperiment(string text) => new(0, NameKind.Experiment, 0, text);
}
