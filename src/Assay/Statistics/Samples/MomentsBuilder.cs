namespace Assay.Statistics.Samples;

/// <summary>
/// Moments of values as they arrive. It holds one block of values, so adding allocates nothing; the figures are bit for bit those of
/// <see cref="Moments.Of"/> over all values in the same order. Not for several threads at once: give each its own and merge.
/// </summary>
public sealed class MomentsBuilder
{
    private readonly double[] block = new double[MomentsBlock.Length];
    private int filled;
    private Moments before;

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (filled == block.Length)
        {
            Close(block);
            filled = 0;
        }

        block[filled++] = value;
    }

    /// <summary>Adds the values in order.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            if (filled == block.Length)
            {
                Close(block);
                filled = 0;
            }

            var taken = Math.Min(values.Length, block.Length - filled);
            values[..taken].CopyTo(block.AsSpan(filled));
            filled += taken;
            values = values[taken..];
        }
    }

    /// <summary>The moments of all values so far; adding may go on.</summary>
    public Moments ToMoments() => filled == 0 ? before : Moments.Merge(before, MomentsBlock.Of(block.AsSpan(0, filled)));

    private void Close(ReadOnlySpan<double> full) => before = Moments.Merge(before, MomentsBlock.Of(full));
}
