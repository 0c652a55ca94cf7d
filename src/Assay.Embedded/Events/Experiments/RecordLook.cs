using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments;

/// <summary>Looks at records one block after the other for <see cref="ExperimentTablesCheck"/>.</summary>
internal sealed class RecordLook
{
    private readonly HashSet<int> names = [];
    private readonly long deletedBefore;
    private readonly UnitRecord[] records = new UnitRecord[UnitRecords.BlockRecords];
    private UnitRecord? last;

    public RecordLook(SqliteConnection connection)
    {
        using var all = new Statement(connection, "SELECT id FROM experiment_name");
        while (all.Step())
        {
            names.Add((int)all.Long(0));
        }

        deletedBefore = EventCounts.Read(connection).GetValueOrDefault(EventCounts.DeletedBefore, long.MinValue);
    }

    /// <summary>Exposures since the begin of the run.</summary>
    public long Exposures { get; private set; }

    /// <summary>Outcomes since the begin of the run.</summary>
    public long Outcomes { get; private set; }

    /// <summary>Records of all runs whose names are not there; those of deleted ones may be gone.</summary>
    public long Unnamed { get; private set; }

    public void BeginRun() => (Exposures, Outcomes, last) = (0, 0, null);

    /// <summary>What is wrong with a block of a run; null when nothing is.</summary>
    public string? ProblemOfBlock(int experiment, long lastUnit, ReadOnlySpan<byte> body)
    {
        if (!TryRead(body, out var count) || count == 0)
        {
            return "cannot be read";
        }

        var isSorted = true;
        foreach (ref readonly var record in records.AsSpan(0, count))
        {
            isSorted &= last is not { } before || UnitRecord.Compare(before, record) < 0;
            isSorted &= record.Experiment == experiment;
            last = record;
            Count(record);
        }

        return isSorted && records[count - 1].Unit == lastUnit ? null : "is not sorted";
    }

    /// <summary>What is wrong with what came of late; null when nothing is.</summary>
    public string? ProblemOfFresh(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            var part = body[..Math.Min(body.Length, UnitRecords.BlockRecords * UnitRecord.Bytes)];
            if (!TryRead(part, out var count))
            {
                return "cannot be read";
            }

            foreach (ref readonly var record in records.AsSpan(0, count))
            {
                Count(record);
            }

            body = body[part.Length..];
        }

        return null;
    }

    private void Count(in UnitRecord record)
    {
        Exposures += record.IsExposure ? 1 : 0;
        Outcomes += record.IsExposure ? 0 : 1;
        Unnamed += record.TimeNanos >= deletedBefore && !(names.Contains(record.Experiment) && names.Contains(Math.Abs(record.Name))) ? 1 : 0;
    }

    private bool TryRead(ReadOnlySpan<byte> body, out int count)
    {
        count = 0;
        try
        {
            count = UnitRecords.Read(body, records);
            return true;
        }
        catch (AssayException)
        {
            return false;
        }
    }
}
