using Assay.Statistics.Samples;

namespace Assay.Experimentation.Analysis.Comparisons;

/// <summary>Figures with which arithmetic stays in the range of a double; the rest is no figure.</summary>
internal static class Reasonable
{
    /// <summary>Why the values of an arm cannot be compared.</summary>
    public const string Lack = "its values are too large, or too far apart, for the range of a double";

    // Squares and sums of squares of these are doubles too.
    private const double Most = 1e140;

    /// <summary>The number; null when it is none.</summary>
    public static double? Number(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    /// <summary>Moments from figures; null when they are out of range.</summary>
    public static Moments? Summary(long count, double mean, double deviation) =>
        Math.Abs(mean) < Most && deviation is >= 0 and < Most ? Moments.FromSummary(count, mean, deviation) : null;

    /// <summary>Whether moments are in range.</summary>
    public static bool Holds(in Moments arm) => Math.Abs(arm.Mean) < Most && arm.StandardDeviation < Most;
}
