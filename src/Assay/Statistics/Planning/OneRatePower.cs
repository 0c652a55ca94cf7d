using Assay.Statistics.Distributions;

namespace Assay.Statistics.Planning;

/// <summary>
/// Sizes for a comparison of one rate with a limit by the exact binomial test. The search begins at n = (z_α·√(l(1 − l)) + z_power·√(p(1 − p)))²/(p − l)² with
/// limit l (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, ch. 2) and goes up until the exact test has the power, at that size
/// and at one a hundredth greater: the power of an exact test rises in a saw's teeth. Assumption: independent units.
/// </summary>
public static class OneRatePower
{
    // Beyond it the normal approximation is exact enough, and the search long.
    private const double MostSearched = 100_000;

    private static readonly MethodName Method = new(
        "Power of the exact binomial test of one rate",
        "Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, ch. 2 (first guess); binomial distribution"
    );

    /// <summary>How many units find that a rate lies beyond a limit, with the wanted power, by a one-sided test.</summary>
    /// <param name="rate">The true rate, from 0 to 1.</param>
    /// <param name="limit">The limit, between 0 and 1.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="power">The wanted probability, above alpha and below 1. The default is 0.8.</param>
    /// <returns>A <see cref="PowerPlan"/> whose effect is rate − limit; <see cref="NotComputable"/> when both are equal.</returns>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult SampleSize(double rate, double limit, double alpha = 0.05, double power = 0.8)
    {
        Demand.OpenUnit("limit", limit, "Give a rate between 0 and 1.");
        var alternative = rate >= limit ? Alternative.Greater : Alternative.Less;
        var terms = new PlanTerms(Method, alpha, alternative);
        if (!(rate >= 0 && rate <= 1))
        {
            throw AssayException.Usage($"The rate is {rate.Text()}; it must lie between 0 and 1.", "Give a share.");
        }

        if (terms.WhyNoSize(rate - limit, power) is { } why)
        {
            return Method.NotComputable(why);
        }

        var distance = Math.Abs(rate - limit);
        var sum = (terms.CriticalZ * Math.Sqrt(limit * (1 - limit))) + (Normal.Quantile(power) * Math.Sqrt(rate * (1 - rate)));
        var plain = Math.Pow(sum / distance, 2);
        if (plain > MostSearched)
        {
            return terms.Plan(rate - limit, power, plain, ratio: null) with { Baseline = limit };
        }

        // Both claims are one: that the greater of two shares is greater.
        var (share, bound) = rate >= limit ? (rate, limit) : (1 - rate, 1 - limit);
        var n = (long)Math.Max(1, Math.Floor(plain * 0.8));
        while (Power(share, bound, n, alpha) < power || Power(share, bound, n + Math.Max(1, n / 100), alpha) < power)
        {
            n += Math.Max(1, n / 200);
        }

        return terms.Plan(rate - limit, Power(share, bound, n, alpha), n, ratio: null) with
        {
            Baseline = limit,
        };
    }

    private static double Power(double share, double bound, long n, double alpha)
    {
        var critical = Binomial.UpperQuantile(alpha, n, bound) + 1;
        return critical > n ? 0
            : share >= 1 ? 1
            : Math.Exp(Binomial.LogUpper(critical - 1, n, share));
    }
}
