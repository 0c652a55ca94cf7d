using Assay.Statistics.Samples;

namespace Assay.Statistics.Planning;

/// <summary>
/// Sizes, power and detectable effects of the two-sample t test with equal variances: T follows the noncentral t distribution with
/// n_a + n_b − 2 degrees of freedom and δ = d·√(n_a·n_b/(n_a + n_b)), where d = (mean of the treatment − mean of the control)/standard deviation.
/// A two-sided power counts both tails. Every answer is a <see cref="PowerPlan"/>, or <see cref="NotComputable"/> with the reason.
/// Source: Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, ch. 2, with the exact noncentral t in place of its tables.
/// Assumptions: independent values, one variance in both arms, means close to normal. When the variances differ the plan is approximate.
/// </summary>
public static class MeanPower
{
    private static readonly MethodName TwoSample = new(
        "Power of the two-sample t test",
        "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, ch. 2 (noncentral t)"
    );

    /// <summary>How many units find the effect with the wanted power.</summary>
    /// <param name="effect">The difference to find, in standard deviations (Cohen's d), treatment − control.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="power">The wanted probability of finding the effect, above alpha and below 1. The default is 0.8.</param>
    /// <param name="ratio">Treatment units per control unit, above 0. The default is 1.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult SampleSize(
        double effect,
        double alpha = 0.05,
        double power = 0.8,
        double ratio = 1,
        Alternative alternative = Alternative.TwoSided
    ) => MeanPlan.SampleSize(new MeanDesign(PlanDemand.Ratio(ratio)), new PlanTerms(TwoSample, alpha, alternative), effect, power);

    /// <summary>The probability of finding the effect with these sizes.</summary>
    /// <param name="effect">The true difference, in standard deviations (Cohen's d), treatment − control. At 0 the power is alpha.</param>
    /// <param name="controlSize">Units in the control; need not be whole.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="ratio">Treatment units per control unit, above 0. The default is 1.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult Power(
        double effect,
        double controlSize,
        double alpha = 0.05,
        double ratio = 1,
        Alternative alternative = Alternative.TwoSided
    ) => MeanPlan.Power(new MeanDesign(PlanDemand.Ratio(ratio)), new PlanTerms(TwoSample, alpha, alternative), effect, controlSize);

    /// <summary>The smallest effect that these sizes find with the wanted power; below zero for <see cref="Alternative.Less"/>, a rise otherwise (a fall of the same size is as visible).</summary>
    /// <param name="controlSize">Units in the control; need not be whole.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="power">The wanted probability of finding the effect, above alpha and below 1. The default is 0.8.</param>
    /// <param name="ratio">Treatment units per control unit, above 0. The default is 1.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult DetectableEffect(
        double controlSize,
        double alpha = 0.05,
        double power = 0.8,
        double ratio = 1,
        Alternative alternative = Alternative.TwoSided
    ) => MeanPlan.DetectableEffect(new MeanDesign(PlanDemand.Ratio(ratio)), new PlanTerms(TwoSample, alpha, alternative), controlSize, power);

    /// <summary>
    /// What these data could have shown: the smallest difference of means, in the metric's unit, that Welch's test finds with the wanted power.
    /// It is δ·√(s_c²/n_c + s_t²/n_t), where δ gives the noncentral t with Welch's degrees of freedom the wanted power (an approximation: the variances are taken as known).
    /// </summary>
    /// <param name="control">The control's moments.</param>
    /// <param name="treatment">The treatment's moments.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="power">The wanted probability of finding the difference, above alpha and below 1. The default is 0.8.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult DetectableDifference(
        in Moments control,
        in Moments treatment,
        double alpha = 0.05,
        double power = 0.8,
        Alternative alternative = Alternative.TwoSided
    ) => WelchPower.DetectableDifference(control, treatment, power, alpha, alternative);
}
