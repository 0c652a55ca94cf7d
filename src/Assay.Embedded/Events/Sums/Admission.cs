using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Sums;

/// <summary>
/// Bounds the label sets of a series in an hour, so that a sender that puts ids into names cannot make the sums as large as the events.
/// The first so many are counted under their own labels, the rest under folded ones. Who was let in stays in for that hour, also after a restart.
/// </summary>
internal sealed class Admission(SqliteConnection connection, LabelBook labels) : IDisposable
{
    /// <summary>Label sets with all their dimensions.</summary>
    public const int MostSets = 2_000;

    /// <summary>Folded ones on top, which services, versions, environments and categories still tell apart; beyond, one set holds the rest.</summary>
    public const int MostFolded = 500;

    /// <summary>Hours of a series that are remembered; more are read again.</summary>
    private const int MostHours = 64;

    private readonly Dictionary<(Series Series, long Hour), HashSet<long>> hours = [];
    private readonly Statement find = new(connection, "SELECT labels FROM sums WHERE series = ? AND minutes = 60 AND at = ?");

    /// <summary>The label set under which an event of that minute is counted, and whether it is a folded one.</summary>
    public Admitted Admit(in Labels set, long minute)
    {
        var hour = SumKey.Floor(minute, 60);
        if (!hours.TryGetValue((set.Series, hour), out var sets))
        {
            sets = Load(set.Series, hour);
            hours.Add((set.Series, hour), sets);
        }

        var (isIn, id) = TryEnter(set, hour, sets, MostSets);
        if (isIn)
        {
            return new Admitted(id, IsFolded: false);
        }

        (isIn, id) = TryEnter(set.Folded(), hour, sets, MostSets + MostFolded);
        return new Admitted(isIn ? id : TryEnter(set.AllFolded(), hour, sets, int.MaxValue).Id, IsFolded: true);
    }

    /// <summary>Drops what is remembered beyond the bound. Only when all sums are in the file, from where it is read again.</summary>
    public void Trim()
    {
        if (hours.Count > MostHours)
        {
            hours.Clear();
        }
    }

    public void ForgetAll() => hours.Clear();

    public void Dispose() => find.Dispose();

    private Entrance TryEnter(in Labels set, long hour, HashSet<long> sets, int bound)
    {
        var id = labels.IdOf(set);
        if (sets.Contains(id))
        {
            return new Entrance(IsIn: true, id);
        }

        if (sets.Count >= bound)
        {
            return new Entrance(IsIn: false, id);
        }

        labels.Keep(set, hour);
        sets.Add(id);
        return new Entrance(IsIn: true, id);
    }

    private HashSet<long> Load(Series series, long hour)
    {
        var sets = new HashSet<long>();
        find.Bind(1, (long)series).Bind(2, hour);
        while (find.Step())
        {
            sets.Add(find.Long(0));
        }

        return sets;
    }

    private readonly record struct Entrance(bool IsIn, long Id);
}

/// <summary>The id of the labels under which an event is counted.</summary>
internal readonly record struct Admitted(long Labels, bool IsFolded);
