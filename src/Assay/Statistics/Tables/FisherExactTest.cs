namespace Assay.Statistics.Tables;

/// <summary>
/// Fisher's exact test of a 2 × 2 table. Given the row and column totals, its p-value is exact for any counts, and conservative: fewer false alarms
/// than alpha. Assumes independent observations. A billion observations take less than a millisecond.
/// </summary>
public static class FisherExactTest
{
    private static readonly MethodName Method = new(
        "Fisher's exact test",
        "Fisher, Statistical Methods for Research Workers, 5th edition, 1934, section 21.02"
    );

    /// <summary>
    /// The p-value is a sum of hypergeometric probabilities of tables with the same totals: two-sided those not likelier than the table seen
    /// (equal within a share of 1e-7), greater those with as many or more treatment successes.
    /// <see cref="Computed.Estimate"/> is the difference of the rates of the first column, treatment − control, which is finite for every table;
    /// <see cref="Computed.Statistic"/> is the sample odds ratio treatment : control, null when a zero count makes it infinite.
    /// When everything succeeded, or nothing did, only one table has those totals and p is 1. An arm without observations gives <see cref="NotComputable"/>.
    /// </summary>
    /// <param name="twoByTwo">
    /// First row the control, second the treatment; first column the successes, second the failures. Counts of 0 or more that sum to at most 2^53.
    /// </param>
    /// <param name="alternative">
    /// Greater: the treatment succeeds more often. Programs that speak of the first row instead call that "less".
    /// </param>
    /// <exception cref="AssayException">The table is not 2 × 2, a count is negative, or the sum too large.</exception>
    public static StatisticResult Test(long[,] twoByTwo, Alternative alternative = Alternative.TwoSided)
    {
        var counts = CountTable.Of(twoByTwo);
        if (counts.Rows != 2 || counts.Columns != 2)
        {
            throw AssayException.Usage(
                $"The table has {counts.Rows} rows and {counts.Columns} columns; Fisher's exact test is for 2 and 2.",
                "Use the χ² test for larger tables."
            );
        }

        return counts.LackOfRows() is { } lack ? Method.NotComputable(lack) : Result(counts, alternative);
    }

    private static StatisticResult Result(CountTable counts, Alternative alternative)
    {
        var tables = new RareTables(counts.RowTotals[1], counts.ColumnTotals[0], counts.Total);
        var seen = counts.Cells[1, 0];
        var log = alternative switch
        {
            Alternative.Greater => tables.LogAtLeast(seen),
            Alternative.Less => tables.LogAtMost(seen),
            _ => tables.LogAsRare(seen),
        };
        var result = Method.Result(Difference(counts), counts.Total) with { Statistic = OddsRatio(counts.Cells), P = PValue.FromLog(log) };
        return result.OrNotComputable();
    }

    // c/(c + d) − a/(a + b) = (ca + cb − ac − ad)/… = (bc − ad)/((a + b)(c + d)), and the excess of c over its expectation is (bc − ad)/N exactly.
    private static double Difference(CountTable counts) => (double)counts.Excess(1, 0) / ((double)counts.RowTotals[0] * counts.RowTotals[1]);

    private static double? OddsRatio(long[,] cells) =>
        cells[0, 0] == 0 || cells[1, 1] == 0 ? null : (double)cells[1, 0] / cells[1, 1] * ((double)cells[0, 1] / cells[0, 0]);
}
