using Assay.Statistics.Rates;

namespace Assay.Observability.Slos;

/// <summary>
/// Whether bad events are more than chance. A service that spends exactly its budget gives a count this rare in one window out of 1,000 months' worth:
/// P(K ≥ bad | total, budget) below window / (1,000 × 30 d). At three requests an hour one failure is a burn rate of hundreds, and no evidence at all.
/// </summary>
internal static class BurnEvidence
{
    /// <summary>In so many months chance may give such a count once.</summary>
    public const int Months = 1000;

    /// <summary>How rare a count of this window must be.</summary>
    public static double Rarity(TimeSpan window) => window / (Months * SloDefinition.Window);

    /// <summary>Whether chance does not explain the bad events of a window.</summary>
    public static bool Holds(in BurnReading reading, double budget) =>
        reading.Count.Bad > 0 && BinomialTail.Log10AtLeast(reading.Count.Bad, reading.Count.Total, budget) < Math.Log10(Rarity(reading.Window));

    /// <summary>The fewest bad events among so many that are evidence; one more than all when none are.</summary>
    public static long LeastBad(TimeSpan window, long total, double budget) => BinomialTail.LeastRare(Rarity(window), total, budget);
}
