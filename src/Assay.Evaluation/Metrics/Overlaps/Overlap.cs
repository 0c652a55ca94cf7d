namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>What an answer and the expected answer have in common.</summary>
/// <param name="Matches">Units in both, each counted as often as it stands in both.</param>
/// <param name="Answer">Units of the answer.</param>
/// <param name="Expected">Units of the expected answer.</param>
internal readonly record struct Overlap(int Matches, int Answer, int Expected)
{
    /// <summary>The share of the answer that is expected; 0 for an empty answer.</summary>
    public double Precision => Answer == 0 ? 0 : (double)Matches / Answer;

    /// <summary>The share of what is expected that the answer has; 0 when nothing is.</summary>
    public double Recall => Expected == 0 ? 0 : (double)Matches / Expected;

    /// <summary>The harmonic mean of both, recall counting β² times as much (van Rijsbergen 1979); 0 when both are.</summary>
    public static double F(double precision, double recall, double beta)
    {
        var weight = beta * beta;
        var sum = (weight * precision) + recall;
        // The mean of two equal numbers is that number, whatever rounding says: an identical answer scores 1.
        return sum == 0 ? 0
            : precision.Equals(recall) ? precision
            : (1 + weight) * precision * recall / sum;
    }
}
