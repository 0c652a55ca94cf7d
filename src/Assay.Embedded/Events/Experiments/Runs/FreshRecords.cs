using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments.Runs;

/// <summary>What came of late and lies in no run yet, as it came.</summary>
internal static class FreshRecords
{
    /// <summary>All that pass, sorted.</summary>
    public static UnitRecord[] ReadSorted(SqliteConnection connection, Func<int, bool> isWanted)
    {
        using var rows = new Statement(connection, "SELECT body FROM experiment_fresh ORDER BY id");
        var records = new List<UnitRecord>();
        var buffer = new UnitRecord[UnitRecords.BlockRecords];
        while (rows.Step())
        {
            var bytes = rows.Bytes(0);
            for (var part = bytes; !part.IsEmpty; )
            {
                var taken = part[..Math.Min(part.Length, UnitRecords.BlockRecords * UnitRecord.Bytes)];
                foreach (ref readonly var record in buffer.AsSpan(0, UnitRecords.Read(taken, buffer)))
                {
                    if (isWanted(record.Experiment))
                    {
                        records.Add(record);
                    }
                }

                part = part[taken.Length..];
            }
        }

        var sorted = records.ToArray();
        Array.Sort(sorted, (a, b) => UnitRecord.Compare(a, b));
        return sorted;
    }

    public static void Clear(SqliteConnection connection)
    {
        using var delete = new Statement(connection, "DELETE FROM experiment_fresh");
        delete.Run();
    }
}
