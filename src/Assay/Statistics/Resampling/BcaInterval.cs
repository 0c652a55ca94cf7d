using Assay.Statistics.Distributions;

namespace Assay.Statistics.Resampling;

/// <summary>
/// The bias-corrected and accelerated interval of a bootstrap distribution (Efron, "Better bootstrap confidence intervals", 1987;
/// Efron, Tibshirani, An Introduction to the Bootstrap, 1993, ch. 14.3).
/// </summary>
internal static class BcaInterval
{
    /// <summary>The interval, or null when an end lies beyond the replicates.</summary>
    /// <param name="replicates">The statistic of each resample, sorted, finite, not all equal.</param>
    /// <param name="estimate">The statistic of the sample.</param>
    /// <param name="acceleration">See <see cref="Jackknife"/>.</param>
    /// <param name="alpha">1 − confidence.</param>
    public static Interval? From(ReadOnlySpan<double> replicates, double estimate, double acceleration, double alpha)
    {
        var bias = Bias(replicates, estimate);
        if (!double.IsFinite(bias))
        {
            return null;
        }

        var z = Normal.UpperQuantile(alpha / 2);
        return End(replicates, bias, acceleration, -z) is { } low && End(replicates, bias, acceleration, z) is { } high
            ? new Interval(low, high, 1 - alpha)
            : null;
    }

    /// <summary>z₀ = Φ⁻¹ of the share of replicates below the estimate, half of those equal to it among them; infinite at 0 and 1.</summary>
    private static double Bias(ReadOnlySpan<double> replicates, double estimate)
    {
        var (below, equal) = (0L, 0L);
        foreach (var replicate in replicates)
        {
            below += replicate < estimate ? 1 : 0;
            equal += replicate == estimate ? 1 : 0;
        }

        var share = (below + (equal / 2.0)) / replicates.Length;
        return share is > 0 and < 1 ? Normal.Quantile(share) : double.PositiveInfinity;
    }

    private static double? End(ReadOnlySpan<double> replicates, double bias, double acceleration, double z)
    {
        var stretch = 1 - (acceleration * (bias + z));
        return stretch > 0 ? Quantile(replicates, Normal.Lower(bias + ((bias + z) / stretch))) : null;
    }

    /// <summary>The order statistic at (B + 1)·p, between two of them linearly; null beyond the first and the last.</summary>
    private static double? Quantile(ReadOnlySpan<double> replicates, double p)
    {
        var place = (replicates.Length + 1) * p;
        if (!(place >= 1 && place <= replicates.Length))
        {
            return null;
        }

        var below = (int)place;
        var share = place - below;
        return share == 0 ? replicates[below - 1] : ((1 - share) * replicates[below - 1]) + (share * replicates[below]);
    }
}
