using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments.Runs;

/// <summary>The rows of runs and their blocks.</summary>
internal sealed class RunTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement all = new(connection, $"SELECT {RunRow.Columns} FROM experiment_run ORDER BY id");
    private readonly Statement add = new(
        connection,
        "INSERT INTO experiment_run(level, state, target, exposures, outcomes, first_time, last_time) VALUES (?, ?, 0, 0, 0, ?, ?) RETURNING id"
    );
    private readonly Statement put = new(
        connection,
        "UPDATE experiment_run SET state = ?2, target = ?3, exposures = ?4, outcomes = ?5, first_time = ?6, last_time = ?7 WHERE id = ?1"
    );
    private readonly Statement remove = new(connection, "DELETE FROM experiment_run WHERE id = ?");
    private readonly Statement addBlock = new(connection, "INSERT INTO experiment_block(run, experiment, last_unit, body) VALUES (?, ?, ?, ?)");
    private readonly Statement lastBlock = new(
        connection,
        "SELECT body FROM experiment_block WHERE run = ? ORDER BY experiment DESC, last_unit DESC, id DESC LIMIT 1"
    );
    private readonly Statement removeBlocks = new(
        connection,
        "DELETE FROM experiment_block WHERE id IN (SELECT id FROM experiment_block WHERE run = ? LIMIT ?)"
    );

    public IReadOnlyList<RunRow> Read()
    {
        var rows = new List<RunRow>();
        while (all.Step())
        {
            rows.Add(RunRow.Read(all));
        }

        return rows;
    }

    /// <summary>A new empty run that is being built.</summary>
    public RunRow Add(int level)
    {
        add.Bind(1, level).Bind(2, (long)RunState.Building).Bind(3, RunTotals.None.FirstTime).Bind(4, RunTotals.None.LastTime).Step();
        var id = add.Long(0);
        add.Reset();
        return new RunRow(id, level, RunState.Building, Target: 0, RunTotals.None);
    }

    public void Put(RunRow run)
    {
        put.Bind(1, run.Id).Bind(2, (long)run.State).Bind(3, run.Target).Bind(4, run.Totals.Exposures).Bind(5, run.Totals.Outcomes);
        put.Bind(6, run.Totals.FirstTime).Bind(7, run.Totals.LastTime).Run();
    }

    /// <summary>Adds a block of records of one experiment behind the others of a run.</summary>
    public void AddBlock(long run, ReadOnlySpan<UnitRecord> records) =>
        addBlock.Bind(1, run).Bind(2, records[0].Experiment).Bind(3, records[^1].Unit).Bind(4, UnitRecords.ToBytes(records)).Run();

    /// <summary>The last record of a run; null when it is empty.</summary>
    public UnitRecord? LastOf(long run)
    {
        Span<UnitRecord> last = stackalloc UnitRecord[1];
        var isThere = lastBlock.Bind(1, run).Step() && UnitRecords.Read(lastBlock.Bytes(0)[^UnitRecord.Bytes..], last) == 1;
        lastBlock.Reset();
        return isThere ? last[0] : null;
    }

    /// <summary>A cursor over a run from the block on that may hold a record behind another; from the begin without one.</summary>
    public RecordCursor Open(long run, UnitRecord? behind)
    {
        var blocks = new Statement(
            connection,
            "SELECT body FROM experiment_block WHERE run = ?1 AND (experiment, last_unit) >= (?2, ?3) ORDER BY experiment, last_unit, id"
        );
        blocks.Bind(1, run).Bind(2, behind?.Experiment ?? 0).Bind(3, behind?.Unit ?? long.MinValue);
        var cursor = new RecordCursor(blocks);
        if (behind is { } record)
        {
            cursor.SkipPast(record);
        }

        return cursor;
    }

    /// <summary>Removes so many blocks of a run, and the run with the last of them; gives how many.</summary>
    public int Remove(long run, int blocks)
    {
        var removed = removeBlocks.Bind(1, run).Bind(2, blocks).Run();
        if (removed < blocks)
        {
            remove.Bind(1, run).Run();
        }

        return removed;
    }

    public void Dispose()
    {
        all.Dispose();
        add.Dispose();
        put.Dispose();
        remove.Dispose();
        addBlock.Dispose();
        lastBlock.Dispose();
        removeBlocks.Dispose();
    }
}
