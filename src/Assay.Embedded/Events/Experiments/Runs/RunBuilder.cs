namespace Assay.Embedded.Events.Experiments.Runs;

/// <summary>Writes records behind those of a run. A block has records of one experiment.</summary>
internal sealed class RunBuilder(RunTable table, RunRow run, int blockRecords)
{
    private readonly UnitRecord[] block = new UnitRecord[blockRecords];
    private int filled;

    /// <summary>What is in the run with what was added.</summary>
    public RunTotals Totals { get; private set; } = run.Totals;

    /// <summary>Whether all that was added lies in blocks.</summary>
    public bool IsWritten => filled == 0;

    public void Add(in UnitRecord record)
    {
        if (filled > 0 && block[0].Experiment != record.Experiment)
        {
            Write();
        }

        block[filled++] = record;
        Totals = Totals.With(record);
        if (filled == block.Length)
        {
            Write();
        }
    }

    /// <summary>Writes the block that is begun.</summary>
    public void Write()
    {
        if (filled > 0)
        {
            table.AddBlock(run.Id, block.AsSpan(0, filled));
            filled = 0;
        }
    }
}
