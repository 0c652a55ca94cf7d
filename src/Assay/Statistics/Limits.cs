namespace Assay.Statistics;

/// <summary>Two-ended and one-ended intervals.</summary>
internal static class Limits
{
    /// <summary>The share of errors that lies beyond one end: half of alpha when there are two ends.</summary>
    public static double ShareBeyond(double alpha, Alternative alternative) => alternative == Alternative.TwoSided ? alpha / 2 : alpha;

    /// <summary>The interval between two ends, of which a one-sided alternative keeps one.</summary>
    public static Interval Between(double low, double high, double alpha, Alternative alternative) =>
        new(alternative == Alternative.Less ? null : low, alternative == Alternative.Greater ? null : high, 1 - alpha);

    /// <summary>estimate ± half.</summary>
    public static Interval Around(double estimate, double half, double alpha, Alternative alternative) =>
        Between(estimate - half, estimate + half, alpha, alternative);
}
