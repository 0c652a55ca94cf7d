using Assay.Statistics.Distributions;

namespace Assay.Statistics.Planning;

/// <summary>
/// How many units a one-sided t test of one mean needs when the standard deviation is itself an estimate, of a pilot with m degrees of freedom: the least n with
/// P(T ≤ d·√n) ≥ power, where T follows the noncentral t distribution with m degrees of freedom around t(1 − α, n − 1), and d is the distance in the pilot's
/// standard deviations. Over all pilots the power is then what is promised; a plan that takes the estimate for the truth promises too much, the more so
/// the smaller the pilot. Source: Julious and Owen 2006, Sample size calculations for clinical studies allowing for uncertainty about the variance,
/// Pharmaceutical Statistics 5. Assumptions: as for <see cref="PairedPower"/>.
/// </summary>
internal static class PilotPower
{
    // A t test has a degree of freedom from two units on.
    private const double LeastSize = 2;

    /// <summary>The units, not rounded; null when more than <see cref="PlanDemand.MostSize"/> would be needed.</summary>
    /// <param name="effect">The distance from the limit in standard deviations of the pilot, above 0.</param>
    /// <param name="pilotDf">The degrees of freedom of that standard deviation, above 0.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1.</param>
    /// <param name="power">The wanted probability, above alpha and below 1.</param>
    public static double? SampleSize(double effect, double pilotDf, double alpha, double power)
    {
        var z = Normal.Quantile(1 - alpha) + Normal.Quantile(power);
        return RisingRoot.Find(n => Power(effect, n, pilotDf, alpha) - power, LeastSize, z * z / (effect * effect), PlanDemand.MostSize);
    }

    /// <summary>The probability that so many units find the effect, over all pilots.</summary>
    public static double Power(double effect, double size, double pilotDf, double alpha) =>
        Math.Exp(NoncentralT.LogLower(effect * Math.Sqrt(size), pilotDf, StudentT.UpperQuantile(alpha, size - 1)));
}
