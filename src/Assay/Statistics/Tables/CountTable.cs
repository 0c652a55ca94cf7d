using Assay.Statistics.Rates;

namespace Assay.Statistics.Tables;

/// <summary>A table of counts with its totals, checked: no negative count, no sum above 2^53.</summary>
internal sealed record CountTable(long[,] Cells, long[] RowTotals, long[] ColumnTotals, long Total)
{
    public int Rows => RowTotals.Length;

    public int Columns => ColumnTotals.Length;

    public static CountTable Of(long[,] table)
    {
        var rows = new Int128[table.GetLength(0)];
        var columns = new Int128[table.GetLength(1)];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                Counts.NotNegative($"Row {i + 1}, column {j + 1} of the table", table[i, j]);
                rows[i] += table[i, j];
                columns[j] += table[i, j];
            }
        }

        var total = Counts.Total("The table", rows.Aggregate(Int128.Zero, (sum, row) => sum + row));
        return new CountTable(table, [.. rows.Select(row => (long)row)], [.. columns.Select(column => (long)column)], total);
    }

    /// <summary>Row total × column total / total; 0 in a table without counts.</summary>
    public double Expected(int row, int column) => Total == 0 ? 0 : (double)((Int128)RowTotals[row] * ColumnTotals[column]) / Total;

    /// <summary>(observed − expected) × total, exact.</summary>
    public Int128 Excess(int row, int column) => ((Int128)Cells[row, column] * Total) - ((Int128)RowTotals[row] * ColumnTotals[column]);

    /// <summary>Why rows and columns cannot be told apart, or null.</summary>
    public string? Lack() =>
        Rows < 2 ? $"the table has {CountOf(Rows, "row")}; independence needs 2"
        : Columns < 2 ? $"the table has {CountOf(Columns, "column")}; independence needs 2"
        : Total == 0 ? "all counts of the table are 0"
        : Empty("row", RowTotals) ?? Empty("column", ColumnTotals);

    /// <summary>Why the rows cannot be compared; one column may be empty, as when nothing failed.</summary>
    public string? LackOfRows() => Total == 0 ? "all counts of the table are 0" : Empty("row", RowTotals);

    private static string? Empty(string what, long[] totals) =>
        Array.IndexOf(totals, 0) is var at and >= 0 ? $"{what} {at + 1} has only zeros; leave it out, or wait for its first count" : null;

    private static string CountOf(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
