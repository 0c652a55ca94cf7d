using Assay.Statistics.Rates;

namespace Assay.Observability.Slos;

/// <summary>
/// Whether bad events are more than chance. A service that spends exactly its budget gives a count this rare less than once in 1,000 months, or in 100
/// for a ticket: P(K ≥ bad | total, budget) below short window / (months × 30 d). A pair of windows is a new look each time its short window has passed, also at
/// its long one, so that the short window counts the looks of both. At three requests an hour one failure is a burn rate of hundreds, and no evidence at all.
/// </summary>
internal static class BurnEvidence
{
    /// <summary>In so many months chance may give such a count once: somebody is woken more dearly than asked to look tomorrow.</summary>
    public static int MonthsOf(AlertSeverity severity) => severity == AlertSeverity.Page ? 1000 : 100;

    /// <summary>How rare a count in either window of the pair must be.</summary>
    public static double Rarity(BurnPair pair) => pair.Short / (MonthsOf(pair.Severity) * SloDefinition.Window);

    /// <summary>Whether chance does not explain the bad events of a window of the pair.</summary>
    public static bool Holds(BurnPair pair, EventCount count, double budget) =>
        count.Bad > 0 && BinomialTail.Log10AtLeast(count.Bad, count.Total, budget) < Math.Log10(Rarity(pair));

    /// <summary>The fewest bad events among so many that are evidence; one more than all when none are.</summary>
    public static long LeastBad(BurnPair pair, long total, double budget) => BinomialTail.LeastRare(Rarity(pair), total, budget);
}
