namespace Assay.Statistics.Planning;

/// <summary>
/// Sizes, power and detectable effects of the paired t test, and of the t test of one mean: T follows the noncentral t distribution with n − 1
/// degrees of freedom and δ = d·√n, where d = mean of the differences/standard deviation of the differences. A two-sided power counts both tails.
/// Source: Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, ch. 2, with the exact noncentral t in place of its tables.
/// Assumptions: independent pairs, a mean difference close to normal. The standard deviation is that of the differences, not of the values.
/// </summary>
public static class PairedPower
{
    private static readonly MethodName Paired = new(
        "Power of the paired t test",
        "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, ch. 2 (noncentral t)"
    );

    private static readonly MeanDesign Design = new(Ratio: null);

    /// <summary>How many pairs find the effect with the wanted power.</summary>
    /// <param name="effect">The mean difference to find, in standard deviations of the differences, treatment − control.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="power">The wanted probability of finding the effect, above alpha and below 1. The default is 0.8.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult SampleSize(double effect, double alpha = 0.05, double power = 0.8, Alternative alternative = Alternative.TwoSided) =>
        MeanPlan.SampleSize(Design, new PlanTerms(Paired, alpha, alternative), effect, power);

    /// <summary>The probability of finding the effect with this many pairs.</summary>
    /// <param name="effect">The true mean difference, in standard deviations of the differences. At 0 the power is alpha.</param>
    /// <param name="pairs">The number of pairs; need not be whole.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult Power(double effect, double pairs, double alpha = 0.05, Alternative alternative = Alternative.TwoSided) =>
        MeanPlan.Power(Design, new PlanTerms(Paired, alpha, alternative), effect, pairs);

    /// <summary>The smallest effect that this many pairs find with the wanted power; below zero for <see cref="Alternative.Less"/>.</summary>
    /// <param name="pairs">The number of pairs; need not be whole.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="power">The wanted probability of finding the effect, above alpha and below 1. The default is 0.8.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult DetectableEffect(double pairs, double alpha = 0.05, double power = 0.8, Alternative alternative = Alternative.TwoSided) =>
        MeanPlan.DetectableEffect(Design, new PlanTerms(Paired, alpha, alternative), pairs, power);
}
