namespace Assay.Models.Offline;

/// <summary>Log-entropy weights: local log(1 + count), global 1 − entropy of the term over chunks / log(chunks).</summary>
internal static class LogEntropy
{
    /// <summary>A term in fewer chunks than this cannot link two of them and is left out of the space.</summary>
    private const int MinChunks = 2;

    public static float Local(float count) => MathF.Log(1 + count);

    /// <summary>Global weight of each term, 0 to 1: 1 for a term of few chunks, 0 for one spread evenly over all and for terms outside the model.</summary>
    public static float[] GlobalWeights(SparseRows counts)
    {
        var totals = new double[counts.Columns];
        var entropies = new double[counts.Columns];
        var chunks = new int[counts.Columns];
        for (var i = 0; i < counts.Column.Length; i++)
        {
            totals[counts.Column[i]] += counts.Value[i];
            chunks[counts.Column[i]]++;
        }

        for (var i = 0; i < counts.Column.Length; i++)
        {
            var share = counts.Value[i] / totals[counts.Column[i]];
            entropies[counts.Column[i]] -= share * Math.Log(share);
        }

        var most = Math.Log(Math.Max(2, counts.Rows));
        var weights = new float[counts.Columns];
        for (var term = 0; term < weights.Length; term++)
        {
            weights[term] = chunks[term] < MinChunks ? 0 : (float)Math.Max(0, 1 - (entropies[term] / most));
        }

        return weights;
    }

    /// <summary>The weighted matrix with rows of length 1.</summary>
    public static SparseRows Weigh(SparseRows counts, float[] globalWeights)
    {
        var starts = new int[counts.Rows + 1];
        var columns = new List<int>(counts.Column.Length);
        var values = new List<float>(counts.Column.Length);
        for (var row = 0; row < counts.Rows; row++)
        {
            var first = values.Count;
            var squares = 0.0;
            for (var i = counts.Starts[row]; i < counts.Starts[row + 1]; i++)
            {
                var value = globalWeights[counts.Column[i]] * Local(counts.Value[i]);
                if (value > 0)
                {
                    columns.Add(counts.Column[i]);
                    values.Add(value);
                    squares += (double)value * value;
                }
            }

            for (var i = first; i < values.Count; i++)
            {
                values[i] = (float)(values[i] / Math.Sqrt(squares));
            }

            starts[row + 1] = values.Count;
        }

        return new SparseRows(counts.Columns, starts, [.. columns], [.. values]);
    }
}
