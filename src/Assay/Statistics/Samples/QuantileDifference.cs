using Assay.Statistics.Distributions;

namespace Assay.Statistics.Samples;

/// <summary>
/// The difference of a quantile between two arms: treatment − control. Each arm's standard error comes from two order statistics about
/// two standard errors either side of the quantile, divided by their exact binomial distance in normal units
/// (Price and Bonett 2002, for medians: c = (n + 1)/2 − √n; here for any quantile: (n + 1)·q ± 2·√(n·q·(1 − q))).
/// Assumes independent values, independent arms, and a density at the quantile that is continuous and not zero;
/// with many ties or few values beyond the quantile prefer the bootstrap.
/// </summary>
public static class QuantileDifference
{
    private static readonly MethodName Method = new(
        "Difference of quantiles, order-statistic standard errors",
        "Price and Bonett (2002), J. Statist. Comput. Simul. 72(2)"
    );

    /// <summary>Compares the q-quantiles (linear) of two arms.</summary>
    /// <param name="control">The control's values.</param>
    /// <param name="treatment">The treatment's values.</param>
    /// <param name="q">Above 0 and below 1; 0.5 for the median.</param>
    /// <param name="alpha">The accepted share of false alarms.</param>
    /// <param name="alternative">The claim that the p-value speaks about.</param>
    /// <returns>Not computable when an arm is too small for the two order statistics, has values that are not finite, or no arm varies there.</returns>
    public static StatisticResult Compare(
        OrderedSample control,
        OrderedSample treatment,
        double q,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Demand.OpenUnit("The quantile", q, "Give a share such as 0.95 for P95.");
        Demand.Alpha(alpha);
        if ((Fault("control", control, q) ?? Fault("treatment", treatment, q)) is { } fault)
        {
            return Method.NotComputable(fault);
        }

        var error = Math.Sqrt(Square(QuantileError.Of(control, q)) + Square(QuantileError.Of(treatment, q)));
        return error == 0
            ? Method.NotComputable($"the values around the {q} quantile are equal in both arms; there is no variance")
            : Finish(treatment.Quantile(q)!.Value - control.Quantile(q)!.Value, error, (long)control.Count + treatment.Count, alpha, alternative);
    }

    private static string? Fault(string arm, OrderedSample sample, double q) =>
        sample.NotFinite > 0 ? $"the {arm} has {Counted.NotFinite(sample.NotFinite)}"
        : !QuantileError.Fits(sample.Count, q)
            ? $"the {arm} has {Counted.Values(sample.Count)}; the {q} quantile's standard error needs {QuantileError.Needed(q)}"
        : null;

    private static StatisticResult Finish(double difference, double error, long n, double alpha, Alternative alternative)
    {
        var z = difference / error;
        return (
            Method.Result(difference, n) with
            {
                StandardError = error,
                Statistic = z,
                P = Normal.Tail(z, alternative),
                Interval = Around(difference, error, alpha, alternative),
            }
        ).OrNotComputable();
    }

    private static Interval Around(double estimate, double error, double alpha, Alternative alternative)
    {
        var reach = error * Normal.UpperQuantile(alternative == Alternative.TwoSided ? alpha / 2 : alpha);
        return new Interval(alternative == Alternative.Less ? null : estimate - reach, alternative == Alternative.Greater ? null : estimate + reach, 1 - alpha);
    }

    private static double Square(double value) => value * value;
}
