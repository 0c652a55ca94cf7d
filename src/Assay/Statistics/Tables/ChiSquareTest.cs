using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tables;

/// <summary>
/// Pearson's χ² test that the rows of a table of counts share one distribution over its columns. Assumes independent observations, each counted in
/// one cell. The p-value is asymptotic: it holds when no expected count is below 1 and at most a fifth are below 5
/// (Cochran, Biometrics 10, 1954; see <see cref="ExpectedCounts"/>). Below that use <see cref="FisherExactTest"/> on 2 × 2, or merge columns.
/// </summary>
public static class ChiSquareTest
{
    private static readonly MethodName Plain = new("Pearson's χ² test of independence", "Pearson, Philosophical Magazine 50, 1900");

    private static readonly MethodName Corrected = new(
        "Pearson's χ² test of independence with Yates's correction",
        "Yates, Supplement to the Journal of the Royal Statistical Society 1, 1934"
    );

    /// <summary>
    /// χ² = Σ (O − E)²/E with (rows − 1)(columns − 1) degrees of freedom, E = row total × column total / total.
    /// <see cref="Computed.Estimate"/> is Cramér's V (of the uncorrected χ²), <see cref="Computed.Statistic"/> is χ².
    /// A row or column of zeros, fewer than two of either, or no counts at all give <see cref="NotComputable"/>.
    /// </summary>
    /// <param name="table">Counts of 0 or more that sum to at most 2^53, such as a row per arm and a column per outcome.</param>
    /// <param name="yates">
    /// Brings every |O − E| nearer to 0 by a half, but not past it, when there is 1 degree of freedom; larger tables are never corrected.
    /// The corrected test is conservative. The default is false.
    /// </param>
    /// <exception cref="AssayException">A count is negative, or the sum too large.</exception>
    public static StatisticResult Independence(long[,] table, bool yates = false)
    {
        var counts = CountTable.Of(table);
        var method = yates ? Corrected : Plain;
        return counts.Lack() is { } lack ? method.NotComputable(lack) : Result(method, counts, yates);
    }

    /// <summary>The counts to expect when rows and columns are independent: row total × column total / total, 0 throughout an empty table.</summary>
    /// <param name="table">Counts of 0 or more that sum to at most 2^53.</param>
    /// <exception cref="AssayException">A count is negative, or the sum too large.</exception>
    public static double[,] ExpectedCounts(long[,] table)
    {
        var counts = CountTable.Of(table);
        var expected = new double[counts.Rows, counts.Columns];
        for (var i = 0; i < counts.Rows; i++)
        {
            for (var j = 0; j < counts.Columns; j++)
            {
                expected[i, j] = counts.Expected(i, j);
            }
        }

        return expected;
    }

    internal static StatisticResult Result(MethodName method, CountTable counts, bool yates)
    {
        var df = (counts.Rows - 1.0) * (counts.Columns - 1.0);
        var statistic = Statistic(counts, yates && df == 1);
        var result = method.Result(V(counts), counts.Total) with
        {
            Statistic = statistic,
            DegreesOfFreedom = df,
            P = PValue.FromLog(ChiSquared.LogUpper(statistic, df)),
        };
        return result.OrNotComputable();
    }

    private static double V(CountTable counts) => Math.Sqrt(Statistic(counts, corrected: false) / counts.Total / (Math.Min(counts.Rows, counts.Columns) - 1));

    private static double Statistic(CountTable counts, bool corrected)
    {
        // In whole numbers: (O − E)·N is exact, and a half becomes N/2.
        var half = corrected ? counts.Total / 2.0 : 0;
        var sum = 0.0;
        for (var i = 0; i < counts.Rows; i++)
        {
            for (var j = 0; j < counts.Columns; j++)
            {
                var excess = Math.Max(0, Math.Abs((double)counts.Excess(i, j)) - half);
                sum += excess / counts.RowTotals[i] * (excess / counts.ColumnTotals[j]);
            }
        }

        return sum / counts.Total;
    }
}
