using Assay.Statistics.Distributions;

namespace Assay.Statistics.Planning;

/// <summary>
/// Sizes for a comparison of one rate with a limit: n = (z_α·√(l(1 − l)) + z_power·√(p(1 − p)))²/(p − l)² with limit l, and then Fleiss's continuity correction,
/// n/4·(1 + √(1 + 2/(n·|p − l|)))², so that the exact binomial test has the power.
/// Source: Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, ch. 2. Assumption: independent units.
/// </summary>
public static class OneRatePower
{
    private static readonly MethodName Method = new(
        "Power of one rate against a limit",
        "Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, ch. 2"
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
        var size = plain / 4 * Math.Pow(1 + Math.Sqrt(1 + (2 / (plain * distance))), 2);
        return terms.Plan(rate - limit, power, size, ratio: null) with { Baseline = limit };
    }
}
