using Assay.Statistics.Samples;

namespace Assay.Statistics.Resampling;

/// <summary>
/// Bootstrap intervals of any statistic: bias-corrected and accelerated (BCa; Efron, "Better bootstrap confidence intervals", Journal of the American
/// Statistical Association 82, 1987).
/// </summary>
/// <remarks>
/// Assumes independent values, and a statistic that moves smoothly with them: it is wrong for extremes, such as the maximum. It is too narrow for few
/// values: of intervals of 95 % for a mean, about 92, 95 and 96 % of 20, 50 and 200 normal values held it, 89, 92 and 94 % of lognormal ones.
/// The acceleration comes from the jackknife, above 1,000 values with 1,000 groups left out in turn. Ends are order statistics at
/// (B + 1)·p of B resamples; an end beyond the first or the last is not computable, nor is a statistic that is not finite in some
/// resample or the same in all. The same seed gives the same figures to the last bit. Cost: resamples + min(n, 1,000) calls of the statistic.
/// </remarks>
public static class Bootstrap
{
    private const string Reference = "Efron 1987; Efron, Tibshirani 1993, ch. 14";
    private static readonly MethodName IntervalMethod = new("BCa bootstrap interval", Reference);
    private static readonly MethodName CompareMethod = new("BCa bootstrap interval of a difference", Reference);

    /// <summary>The statistic of the sample with its interval and its bootstrap standard error.</summary>
    /// <param name="sample">2 values or more.</param>
    /// <param name="statistic">What is estimated.</param>
    /// <param name="resamples">Resamples, 1 or more; 2/alpha is the least that can carry an interval.</param>
    /// <param name="seed">Seed of the resamples; the result's method names it.</param>
    /// <param name="alpha">1 − confidence.</param>
    public static StatisticResult Interval(
        ReadOnlySpan<double> sample,
        SampleStatistic statistic,
        int resamples = Draws.Default,
        long seed = 1,
        double alpha = 0.05
    )
    {
        Demand.Alpha(alpha);
        Draws.Demand("resamples", resamples);
        var method = IntervalMethod.Seeded(resamples, "resamples", seed);
        if (UnusableValues.In(sample, "the sample", least: 2) is { } reason)
        {
            return method.NotComputable(reason);
        }

        var replicates = new double[resamples];
        var resample = new Resample(sample.Length);
        var random = new SeededRandom(seed);
        for (var i = 0; i < replicates.Length; i++)
        {
            replicates[i] = statistic(resample.Draw(sample, random));
        }

        return new BootstrapDistribution(replicates, statistic(sample), Jackknife.Influences(sample, statistic)).Result(method, alpha, sample.Length);
    }

    /// <summary>The difference of the statistic, treatment − control, of two independent arms; each arm is resampled by itself.</summary>
    /// <param name="control">2 values or more.</param>
    /// <param name="treatment">2 values or more.</param>
    /// <param name="statistic">What is compared.</param>
    /// <param name="resamples">Resamples of each arm.</param>
    /// <param name="seed">Seed of the resamples; the result's method names it.</param>
    /// <param name="alpha">1 − confidence.</param>
    public static StatisticResult Compare(
        ReadOnlySpan<double> control,
        ReadOnlySpan<double> treatment,
        SampleStatistic statistic,
        int resamples = Draws.Default,
        long seed = 1,
        double alpha = 0.05
    )
    {
        Demand.Alpha(alpha);
        Draws.Demand("resamples", resamples);
        var method = CompareMethod.Seeded(resamples, "resamples", seed);
        if (UnusableValues.InArms(control, treatment, least: 2) is { } reason)
        {
            return method.NotComputable(reason);
        }

        var replicates = new double[resamples];
        var (controls, treatments) = (new Resample(control.Length), new Resample(treatment.Length));
        var random = new SeededRandom(seed);
        for (var i = 0; i < replicates.Length; i++)
        {
            var ofControl = statistic(controls.Draw(control, random));
            replicates[i] = statistic(treatments.Draw(treatment, random)) - ofControl;
        }

        double[] influences = [.. Jackknife.Influences(treatment, statistic), .. Jackknife.Influences(control, statistic).Select(u => -u)];
        return new BootstrapDistribution(replicates, statistic(treatment) - statistic(control), influences).Result(
            method,
            alpha,
            (long)control.Length + treatment.Length
        );
    }
}
