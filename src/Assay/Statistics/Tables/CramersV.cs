namespace Assay.Statistics.Tables;

/// <summary>
/// Cramér's V, how strongly the rows and columns of a table depend on each other: 0 (not at all) to 1 (one tells the other).
/// It is biased upwards in small tables of many cells: two independent rows of 20 counts over 3 columns show a V of about 0.2.
/// </summary>
public static class CramersV
{
    private static readonly MethodName Method = new("Cramér's V", "Cramér, Mathematical Methods of Statistics, 1946, section 21.9");

    /// <summary>
    /// V = √(χ²/(n·(min(rows, columns) − 1))) with χ² uncorrected. The result also has χ², its degrees of freedom and p-value
    /// (see <see cref="ChiSquareTest"/> for its assumptions); it has no interval.
    /// </summary>
    /// <param name="table">Counts of 0 or more that sum to at most 2^53.</param>
    /// <exception cref="AssayException">A count is negative, or the sum too large.</exception>
    public static StatisticResult Of(long[,] table)
    {
        var counts = CountTable.Of(table);
        return counts.Lack() is { } lack ? Method.NotComputable(lack) : ChiSquareTest.Result(Method, counts, yates: false);
    }
}
