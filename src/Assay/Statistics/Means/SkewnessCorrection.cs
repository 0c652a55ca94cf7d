using Assay.Statistics.Distributions;

namespace Assay.Statistics.Means;

/// <summary>
/// Hall's transformation of t, which takes out the skewness of the values: g(t) = ((1 + a·t)³ − 1)/(3a) + a/2 with a = γ/(3√n), γ the skewness.
/// One-sided tests need it: the errors of both sides, which cancel in a two-sided test, do not cancel in one.
/// Source: Hall, On the removal of skewness by transformation, Journal of the Royal Statistical Society B 54, 1992.
/// </summary>
/// <param name="Bend">a = γ/(3√n).</param>
internal readonly record struct SkewnessCorrection(double Bend)
{
    // Below it g(t) differs from t by less than the rounding of a double allows to compute.
    private const double Straight = 1e-9;

    public static SkewnessCorrection Of(double? skewness, double n) => new((skewness ?? 0) / (3 * Math.Sqrt(n)));

    /// <summary>The t whose tail is near that of Student's distribution.</summary>
    public double Apply(double t) => Math.Abs(Bend) < Straight ? t : t + (Bend * t * t) + (Bend * Bend * t * t * t / 3) + (Bend / 2);

    /// <summary>The t that becomes <paramref name="corrected"/>.</summary>
    public double Invert(double corrected) => Math.Abs(Bend) < Straight ? corrected : (Math.Cbrt(1 + (3 * Bend * (corrected - (Bend / 2)))) - 1) / Bend;

    /// <summary>Test of an estimate against a limit; the interval is that of the estimate.</summary>
    public StatisticResult Test(MethodName method, double estimate, double limit, CombinedError error, long n, double alpha, Alternative alternative)
    {
        if (!Inference.IsInRange(estimate - limit, error.StandardError))
        {
            return Inference.OutOfRange(method);
        }

        var t = Apply((estimate - limit) / error.StandardError);
        var critical = StudentT.UpperQuantile(Limits.ShareBeyond(alpha, alternative), error.DegreesOfFreedom);
        var (low, high) = (estimate - (Invert(critical) * error.StandardError), estimate - (Invert(-critical) * error.StandardError));
        var result = method.Result(estimate, n) with
        {
            StandardError = error.StandardError,
            Statistic = t,
            DegreesOfFreedom = error.DegreesOfFreedom,
            P = double.IsFinite(t) ? StudentT.Tail(t, error.DegreesOfFreedom, alternative) : null,
            Interval = Limits.Between(low, high, alpha, alternative),
        };
        return result.OrNotComputable();
    }
}
