using Assay.Statistics.Samples;

namespace Assay.Statistics.Resampling;

/// <summary>The statistic on every resample, its value on the sample itself and its influences: what an interval needs.</summary>
internal sealed record BootstrapDistribution(double[] Replicates, double Estimate, double[] Influences)
{
    /// <summary>Replicates that are no further apart than this agree: a difference of two statistics is rounded where they are equal.</summary>
    public double Rounding { get; init; }

    /// <summary>The result with its BCa interval and the standard deviation of the replicates as standard error.</summary>
    public StatisticResult Result(MethodName method, double alpha, long n)
    {
        if (NotFinite() is { } reason)
        {
            return method.NotComputable(reason);
        }

        var sorted = Replicates.ToArray();
        Array.Sort(sorted);
        if (sorted[^1] - sorted[0] <= Rounding)
        {
            return method.NotComputable(FormattableString.Invariant($"all {sorted.Length:N0} resamples give {sorted[0]:G12}"));
        }

        return BcaInterval.From(sorted, Estimate, Jackknife.Acceleration(Influences), alpha) is { } interval
            ? (method.Result(Estimate, n) with { Interval = interval, StandardError = Moments.Of(sorted).StandardDeviation }).OrNotComputable()
            : method.NotComputable(
                FormattableString.Invariant($"an end of the interval lies beyond the {sorted.Length:N0} resamples; take more resamples, or a larger alpha")
            );
    }

    /// <summary>
    /// The two-sided p-value for 0: twice the smaller share of replicates beyond 0, counted as (b + 1)/(m + 1), at most 1.
    /// </summary>
    public PValue PAgainstZero()
    {
        var atMost = Replicates.Count(replicate => replicate <= 0);
        var atLeast = Replicates.Count(replicate => replicate >= 0);
        return PValue.From(2 * (Math.Min(atMost, atLeast) + 1.0) / (Replicates.Length + 1.0));
    }

    private string? NotFinite()
    {
        if (!double.IsFinite(Estimate))
        {
            return "the statistic of the sample is not finite";
        }

        var notFinite = Replicates.Count(replicate => !double.IsFinite(replicate));
        return notFinite > 0 ? FormattableString.Invariant($"the statistic is not finite in {notFinite:N0} of {Replicates.Length:N0} resamples")
            : Array.TrueForAll(Influences, double.IsFinite) ? null
            : "the statistic is not finite when values are left out";
    }
}
