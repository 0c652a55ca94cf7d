using Assay.Statistics.Distributions;
using Assay.Statistics.Samples;

namespace Assay.Evaluation.Gates.Learning;

/// <summary>
/// The limit that the next run keeps with a given probability if nothing changed. A gate passes when the edge of its interval reaches the limit, so what is
/// predicted is the next run's edge: a limit that was learned from estimates would call half of all unchanged runs inconclusive.
/// </summary>
internal static class ThresholdLearning
{
    /// <summary>The fewest runs: with less one odd run moves the limit further than the runs themselves differ.</summary>
    public const int LeastRuns = 5;

    // x̄ − t(1 − α, k − 1)·s·√(1 + 1/k): Hahn and Meeker, Statistical Intervals (1991), chapter 4, one future observation of a normal sample.
    private const string Normal = "prediction bound of a normal sample";

    // The r-th smallest of k, r = ⌊α(k + 1)⌋: the next run has every rank among k + 1 with the same probability. Hahn and Meeker, chapter 5.
    private const string Ranks = "prediction bound by ranks";

    /// <summary>Learns one gate's limit.</summary>
    /// <param name="gate">The gate's name.</param>
    /// <param name="side">On which side of the limit figures are good.</param>
    /// <param name="figures">What blessed runs found, in any order.</param>
    /// <param name="floor">The loosest limit that it may have; null for none.</param>
    /// <param name="alpha">The share of unchanged runs that may miss it, between 0 and 1.</param>
    public static LearnedLimit Of(string gate, ThresholdSide side, IReadOnlyList<BlessedFigure> figures, double? floor, double alpha)
    {
        var estimates = Moments.Of([.. figures.Select(figure => figure.Estimate)]);
        var known = new LearnedLimit(gate, side, Limit: null, figures.Count, "")
        {
            Fingerprint = figures.Count > 0 ? figures[^1].Fingerprint : "",
            Floor = floor,
            Confidence = 1 - alpha,
            Mean = figures.Count > 0 ? estimates.Mean : null,
            RunDeviation = figures.Count > 1 ? estimates.StandardDeviation : null,
        };
        if (figures.Count < LeastRuns)
        {
            return known with { Reason = $"{figures.Count} blessed runs to learn from, {LeastRuns} are needed" };
        }

        // Downwards for both sides: an upper limit is a lower one of figures with the other sign.
        var sign = side == ThresholdSide.AtLeast ? 1 : -1;
        double[] edges = [.. figures.Select(figure => sign * figure.Edge).Order()];
        return edges[0] == edges[^1]
            ? known with
            {
                Reason = $"the {edges.Length} blessed runs do not differ: how far unchanged runs differ cannot be told from them",
            }
            : Floored(known, edges, sign, alpha);
    }

    private static LearnedLimit Floored(LearnedLimit known, double[] edges, int sign, double alpha)
    {
        var rank = (int)(alpha * (edges.Length + 1));
        var (method, lowest) = rank >= 1 ? (Ranks, edges[rank - 1]) : (Normal, OfNormal(edges, alpha));
        var bound = sign * lowest;
        var isFloored = known.Floor is { } floor && sign * floor > lowest;
        return known with
        {
            Method = method,
            Bound = bound,
            Limit = isFloored ? known.Floor : bound,
            Reason = isFloored ? $"{method} over {edges.Length} runs lies beyond the floor: the floor holds" : $"{method} over {edges.Length} runs",
        };
    }

    private static double OfNormal(double[] edges, double alpha)
    {
        var sample = Moments.Of(edges);
        return sample.Mean - (StudentT.UpperQuantile(alpha, edges.Length - 1) * sample.StandardDeviation * Math.Sqrt(1 + (1.0 / edges.Length)));
    }
}
