using Assay.Embedded.Sqlite;

namespace Assay.Embedded.Events.Experiments.Runs;

/// <summary>What has become of a run; stored as its number.</summary>
internal enum RunState
{
    /// <summary>Its records count, also while they are merged into another.</summary>
    Live = 0,

    /// <summary>It is being written: its records count elsewhere.</summary>
    Building = 1,

    /// <summary>Its records went into another run or were deleted: its blocks go in steps.</summary>
    Dead = 2,
}

/// <summary>A sorted run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Level">1 for what was fresh; one more for each merge.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Target">The run that is being built of it; 0 for none.</param>
/// <param name="Totals">What is in it.</param>
internal sealed record RunRow(long Id, int Level, RunState State, long Target, RunTotals Totals)
{
    public const string Columns = "id, level, state, target, exposures, outcomes, first_time, last_time";

    public static RunRow Read(Statement row) =>
        new(
            row.Long(0),
            (int)row.Long(1),
            (RunState)row.Long(2),
            row.Long(3),
            new RunTotals(row.Long(4), row.Long(5), FirstTime: row.Long(6), LastTime: row.Long(7))
        );
}

/// <summary>What is in a run.</summary>
/// <param name="Exposures">Exposures.</param>
/// <param name="Outcomes">Outcomes.</param>
/// <param name="FirstTime">The earliest time, in nanoseconds since 1970; the largest number when there is none.</param>
/// <param name="LastTime">The latest time; -1 when there is none.</param>
internal readonly record struct RunTotals(long Exposures, long Outcomes, long FirstTime, long LastTime)
{
    public static RunTotals None { get; } = new(0, 0, long.MaxValue, -1);

    public long Records => Exposures + Outcomes;

    public RunTotals With(in UnitRecord record) =>
        new(
            Exposures + (record.IsExposure ? 1 : 0),
            Outcomes + (record.IsExposure ? 0 : 1),
            Math.Min(FirstTime, record.TimeNanos),
            Math.Max(LastTime, record.TimeNanos)
        );
}
