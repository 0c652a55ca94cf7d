namespace Assay.Cli.Reading;

/// <summary>Numbers in the order they came, kept in blocks: a column of ten million grows without copies of itself.</summary>
internal sealed class NumberColumn
{
    private const int BlockLength = 1 << 17;

    private readonly List<double[]> full = [];
    private double[] block = [];
    private int used;

    public int Count => (full.Count * BlockLength) + used;

    public void Add(double value)
    {
        if (used == block.Length)
        {
            Grow();
        }

        block[used++] = value;
    }

    public double[] ToArray()
    {
        var all = new double[Count];
        for (var i = 0; i < full.Count; i++)
        {
            full[i].CopyTo(all, i * BlockLength);
        }

        block.AsSpan(0, used).CopyTo(all.AsSpan(full.Count * BlockLength));
        return all;
    }

    /// <summary>A small column stays small: the first block doubles, the others are whole.</summary>
    private void Grow()
    {
        if (block.Length < BlockLength)
        {
            Array.Resize(ref block, Math.Max(64, block.Length * 2));
            return;
        }

        full.Add(block);
        (block, used) = (new double[BlockLength], 0);
    }
}
