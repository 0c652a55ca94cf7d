namespace Assay.Statistics.Planning;

/// <summary>
/// Sizes, power and detectable lifts of a comparison of two rates. The lift is absolute: treatment rate − control rate.
/// Every answer is a <see cref="PowerPlan"/>, or <see cref="NotComputable"/> with the reason; the method's source is in <see cref="StatisticResult.Reference"/>.
/// Assumptions: independent units and the normal approximation, good when each arm expects about ten successes and ten failures;
/// with fewer the true power may differ by several percentage points.
/// </summary>
public static class RatePower
{
    /// <summary>
    /// How many units find the lift with the wanted power: from both tails for <see cref="RatePowerMethod.Arcsine"/>; in closed form, from the tail
    /// on the lift's side, for the others (the other tail adds less than 1e-4 to a power of 0.5 or more at alpha 0.05).
    /// Pooled: n = (z_α·√(p̄(1 − p̄)(1 + 1/r)) + z_power·√(p_c(1 − p_c) + p_t(1 − p_t)/r))²/lift² with p̄ = (p_c + r·p_t)/(1 + r); unpooled: the second root twice.
    /// </summary>
    /// <param name="baseline">The control's rate, between 0 and 1.</param>
    /// <param name="lift">The lift to find, absolute: 0.02 is from 10 % to 12 %.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="power">The wanted probability of finding the lift, above alpha and below 1. The default is 0.8.</param>
    /// <param name="ratio">Treatment units per control unit, above 0. The default is 1.</param>
    /// <param name="method">The normal approximation. The default is <see cref="RatePowerMethod.PooledNull"/>.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range, or baseline + lift is not between 0 and 1.</exception>
    public static StatisticResult SampleSize(
        double baseline,
        double lift,
        double alpha = 0.05,
        double power = 0.8,
        double ratio = 1,
        RatePowerMethod method = RatePowerMethod.PooledNull,
        Alternative alternative = Alternative.TwoSided
    )
    {
        var design = Design(baseline, ratio, method);
        DemandLift(baseline, lift);
        var terms = new PlanTerms(design.Name, alpha, alternative);
        if (terms.WhyNoSize(lift, power) is { } why)
        {
            return terms.Method.NotComputable(why);
        }

        return Size(design, lift, power, terms) is not { } size
                ? terms.Method.NotComputable($"with arms so unequal the test has a power of {power.Text()} at any size")
            : Math.Max(size, size * ratio) > PlanDemand.MostSize
                ? terms.Method.NotComputable($"a lift of {lift.Text()} needs more than {PlanDemand.MostSize.Text()} units in an arm")
            : Plan(design, terms, lift, size);
    }

    /// <summary>The probability of finding the lift with these sizes. A two-sided power counts both tails.</summary>
    /// <param name="baseline">The control's rate, between 0 and 1.</param>
    /// <param name="lift">The true lift, absolute. At 0 the power is alpha.</param>
    /// <param name="controlSize">Units in the control; need not be whole.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="ratio">Treatment units per control unit, above 0. The default is 1.</param>
    /// <param name="method">The normal approximation. The default is <see cref="RatePowerMethod.PooledNull"/>.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range, or baseline + lift is not between 0 and 1.</exception>
    public static StatisticResult Power(
        double baseline,
        double lift,
        double controlSize,
        double alpha = 0.05,
        double ratio = 1,
        RatePowerMethod method = RatePowerMethod.PooledNull,
        Alternative alternative = Alternative.TwoSided
    )
    {
        var design = Design(baseline, ratio, method);
        DemandLift(baseline, lift);
        var terms = new PlanTerms(design.Name, alpha, alternative);
        return TooSmall(terms, controlSize, ratio) ?? Plan(design, terms, lift, controlSize);
    }

    /// <summary>The smallest rise and the smallest fall of the rate that these sizes find with the wanted power: where <see cref="Power"/> reaches it.</summary>
    /// <param name="baseline">The control's rate, between 0 and 1.</param>
    /// <param name="controlSize">Units in the control; need not be whole.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1. The default is 0.05.</param>
    /// <param name="power">The wanted probability of finding the lift, above alpha and below 1. The default is 0.8.</param>
    /// <param name="ratio">Treatment units per control unit, above 0. The default is 1.</param>
    /// <param name="method">The normal approximation. The default is <see cref="RatePowerMethod.PooledNull"/>.</param>
    /// <param name="alternative">The claim of the test. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static DetectableLift DetectableEffect(
        double baseline,
        double controlSize,
        double alpha = 0.05,
        double power = 0.8,
        double ratio = 1,
        RatePowerMethod method = RatePowerMethod.PooledNull,
        Alternative alternative = Alternative.TwoSided
    )
    {
        var design = Design(baseline, ratio, method);
        var terms = new PlanTerms(design.Name, alpha, alternative);
        return new DetectableLift(
            alternative == Alternative.Less ? null : Detectable(design, terms, 1 - baseline, controlSize, power),
            alternative == Alternative.Greater ? null : Detectable(design, terms, -baseline, controlSize, power)
        );
    }

    private static StatisticResult Detectable(RateDesign design, PlanTerms terms, double mostLift, double size, double power)
    {
        if (terms.WhyNoPower(power) is { } why)
        {
            return terms.Method.NotComputable(why);
        }

        return TooSmall(terms, size, design.Ratio) is { } reason ? reason
            : design.Power(mostLift, size, terms) < power
                ? terms.Method.NotComputable(
                    $"{size.Text()} units in the control find not even a rate of {(mostLift > 0 ? "100 %" : "0 %")} with a power of {power.Text()}"
                )
            : Plan(design, terms, Distributions.BracketedRoot.Find(lift => design.Power(lift, size, terms) - power, 0, mostLift), size);
    }

    private static double? Size(RateDesign design, double lift, double power, PlanTerms terms)
    {
        var oneTail = design.OneTailSize(lift, power, terms);
        return design.Method == RatePowerMethod.Arcsine && oneTail is { } guess
            ? RisingRoot.Find(n => design.Power(lift, n, terms) - power, 0, guess, double.MaxValue)
            : oneTail;
    }

    private static NotComputable? TooSmall(PlanTerms terms, double size, double ratio)
    {
        PlanDemand.Size(size, ratio);
        return Math.Min(size, size * ratio) < 1
            ? terms.Method.NotComputable($"the control has {size.Text()} units and the treatment {(size * ratio).Text()}; a rate needs 1 in each")
            : null;
    }

    private static StatisticResult Plan(RateDesign design, PlanTerms terms, double lift, double size) =>
        (terms.Plan(lift, design.Power(lift, size, terms), size, design.Ratio) with { Baseline = design.Baseline }).OrNotComputable();

    private static RateDesign Design(double baseline, double ratio, RatePowerMethod method)
    {
        Demand.OpenUnit("baseline", baseline, "Give the control's rate as a fraction, such as 0.1 for 10 %.");
        return new RateDesign(baseline, PlanDemand.Ratio(ratio), method);
    }

    private static void DemandLift(double baseline, double lift)
    {
        PlanDemand.Finite("lift", lift);
        Demand.OpenUnit(
            "baseline + lift",
            baseline + lift,
            "The lift is absolute: 0.02 takes a rate of 0.1 to 0.12. Give one that leaves a rate between 0 and 1."
        );
    }
}
