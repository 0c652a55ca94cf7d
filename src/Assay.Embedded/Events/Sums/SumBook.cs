using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Sums;

/// <summary>
/// The sums that are open: added to in memory and written once a commit. A sum that was not open starts empty and is put together with
/// its row when it is written. Adding touches no file, so it cannot fail after the events were written.
/// </summary>
internal sealed class SumBook(SqliteConnection connection) : IDisposable
{
    /// <summary>Rows of sums that stay open after a commit; one with many latencies takes up to 8 kB.</summary>
    private const int MostOpen = 4_096;

    private readonly Dictionary<SumKey, OpenSum> open = [];
    private readonly List<OpenSum> changed = [];
    private readonly ByteWriter figures = new(4096);
    private long commit;

    private readonly Statement find = new(connection, "SELECT count, failed, figures FROM sums WHERE series = ? AND minutes = ? AND at = ? AND labels = ?");
    private readonly Statement put = new(
        connection,
        "INSERT OR REPLACE INTO sums(series, minutes, at, labels, count, failed, figures) VALUES (?, ?, ?, ?, ?, ?, ?)"
    );

    /// <summary>Adds to the rows of each width.</summary>
    public void Add(in SumEntry entry)
    {
        foreach (var width in SumKey.Widths)
        {
            Open(new SumKey(entry.Series, width, SumKey.Floor(entry.Minute, width), entry.Labels)).Sum.Add(entry.Part);
        }
    }

    /// <summary>Writes what changed.</summary>
    public void Flush()
    {
        foreach (var sum in changed)
        {
            Write(sum);
        }

        changed.Clear();
        commit++;
        Trim();
    }

    public void ForgetAll()
    {
        open.Clear();
        changed.Clear();
    }

    public void Dispose()
    {
        find.Dispose();
        put.Dispose();
    }

    private OpenSum Open(SumKey key)
    {
        if (!open.TryGetValue(key, out var sum))
        {
            sum = new OpenSum(key);
            open.Add(key, sum);
        }

        if (sum.Commit != commit || !sum.IsChanged)
        {
            (sum.Commit, sum.IsChanged) = (commit, true);
            changed.Add(sum);
        }

        return sum;
    }

    private void Write(OpenSum sum)
    {
        var key = sum.Key;
        if (!sum.IsComplete)
        {
            find.Bind(1, (long)key.Series).Bind(2, key.Minutes).Bind(3, key.At).Bind(4, key.Labels);
            if (find.Step())
            {
                sum.Sum.Add(Sum.Read(find.Long(0), find.Long(1), find.Bytes(2)));
                find.Reset();
            }

            sum.IsComplete = true;
        }

        put.Bind(1, (long)key.Series).Bind(2, key.Minutes).Bind(3, key.At).Bind(4, key.Labels);
        put.Bind(5, sum.Sum.Count).Bind(6, sum.Sum.Failed).Bind(7, sum.Sum.WriteFigures(figures)).Run();
        sum.IsChanged = false;
    }

    /// <summary>Beyond the bound the longest unchanged half is closed.</summary>
    private void Trim()
    {
        if (open.Count <= MostOpen)
        {
            return;
        }

        foreach (var sum in open.Values.OrderBy(s => s.Commit).Take(open.Count - (MostOpen / 2)).ToList())
        {
            open.Remove(sum.Key);
        }
    }

    private sealed class OpenSum(SumKey key)
    {
        public SumKey Key => key;

        public Sum Sum { get; } = new();

        public bool IsComplete { get; set; }

        public bool IsChanged { get; set; }

        public long Commit { get; set; } = -1;
    }
}

/// <summary>What is added to the sums of a minute.</summary>
internal readonly record struct SumEntry(Series Series, long Minute, long Labels, SumPart Part);
