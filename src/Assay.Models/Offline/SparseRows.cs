namespace Assay.Models.Offline;

/// <summary>A sparse matrix by rows (compressed sparse row).</summary>
/// <param name="Columns">Number of columns.</param>
/// <param name="Starts">Where each row starts in the other two arrays; one more entry than there are rows.</param>
/// <param name="Column">Column of each entry, ascending within a row.</param>
/// <param name="Value">Value of each entry.</param>
public sealed record SparseRows(int Columns, int[] Starts, int[] Column, float[] Value)
{
    /// <summary>Number of rows.</summary>
    public int Rows => Starts.Length - 1;

    /// <summary>The same matrix with rows and columns exchanged.</summary>
    public SparseRows Transpose()
    {
        var starts = new int[Columns + 1];
        foreach (var column in Column)
        {
            starts[column + 1]++;
        }

        for (var i = 0; i < Columns; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts.AsSpan(0, Columns).ToArray();
        var rows = new int[Column.Length];
        var values = new float[Column.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = Starts[row]; i < Starts[row + 1]; i++)
            {
                var at = next[Column[i]]++;
                rows[at] = row;
                values[at] = Value[i];
            }
        }

        return new SparseRows(Rows, starts, rows, values);
    }
}
