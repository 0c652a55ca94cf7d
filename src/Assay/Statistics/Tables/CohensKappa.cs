using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tables;

/// <summary>
/// Cohen's kappa, the agreement of two raters beyond what their habits alone would give: 1 is full agreement, 0 as much as by chance.
/// Assumes independent items that both raters judged apart. It is low when one category is rare, however well the raters agree: read it
/// beside the plain share of agreement. Interval and test are asymptotic and want some tens of items.
/// </summary>
public static class CohensKappa
{
    private static readonly MethodName Method = new(
        "Cohen's kappa",
        "Cohen, Psychological Bulletin 70, 1968; Fleiss, Cohen and Everitt, Psychological Bulletin 72, 1969"
    );

    /// <summary>
    /// κ = 1 − Σvp/Σvrc with disagreement weights v, shares of items p, and the raters' shares r and c of each category.
    /// <see cref="Computed.StandardError"/> and the interval κ ± z·SE, whose ends may leave −1 to 1, are those of Fleiss, Cohen and Everitt; both are
    /// null when that error is 0, as in full agreement, where it says nothing of the unseen. <see cref="Computed.Statistic"/> is κ over its
    /// standard error under chance agreement, p its two-sided normal p-value.
    /// When a rater used one category only, or has no items, κ is 0/0 or 0 by necessity, and the result <see cref="NotComputable"/>.
    /// </summary>
    /// <param name="agreementTable">
    /// Items by the first rater's category (row) and the second's (column), in the same order; at most 2^53 in all.
    /// </param>
    /// <param name="alpha">The share of intervals that may miss the kappa, above 0 and below 1.</param>
    /// <param name="weights">How much a disagreement counts; the default is alike.</param>
    /// <exception cref="AssayException">The table is not square, a count is negative, or alpha is out of range.</exception>
    public static StatisticResult Of(long[,] agreementTable, double alpha = 0.05, KappaWeights weights = KappaWeights.None)
    {
        Demand.Alpha(alpha);
        var counts = CountTable.Of(agreementTable);
        if (counts.Rows != counts.Columns)
        {
            throw AssayException.Usage(
                $"The table has {counts.Rows} rows and {counts.Columns} columns.",
                "Give a row and a column for every category, in the same order, also for those that a rater did not use."
            );
        }

        return Lack(counts) is { } lack ? Method.NotComputable(lack) : Result(new Disagreement(counts, weights), alpha);
    }

    private static StatisticResult Result(Disagreement disagreement, double alpha)
    {
        if (disagreement.ChanceError is not { } chanceError)
        {
            return Method.NotComputable("with these weights the raters' totals alone fix the agreement; use other weights");
        }

        var kappa = disagreement.Kappa;
        var error = disagreement.Error;
        var z = kappa / chanceError;
        var reach = Normal.UpperQuantile(alpha / 2) * error;
        var result = Method.Result(kappa, disagreement.Items) with
        {
            StandardError = error,
            Interval = reach is { } width ? new Interval(kappa - width, kappa + width, 1 - alpha) : null,
            Statistic = z,
            P = Normal.Tail(z, Alternative.TwoSided),
        };
        return result.OrNotComputable();
    }

    private static string? Lack(CountTable counts) =>
        counts.Total == 0 ? "the table has no items" : OneCategory("first", counts.RowTotals) ?? OneCategory("second", counts.ColumnTotals);

    private static string? OneCategory(string rater, long[] totals) =>
        totals.Count(total => total > 0) == 1 ? $"the {rater} rater used one category only; agreement beyond chance needs 2" : null;
}
