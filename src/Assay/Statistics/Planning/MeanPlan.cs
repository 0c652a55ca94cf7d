using Assay.Statistics.Distributions;

namespace Assay.Statistics.Planning;

/// <summary>The three questions to a plan about means, for every design.</summary>
internal static class MeanPlan
{
    public static StatisticResult SampleSize(MeanDesign design, PlanTerms terms, double effect, double power)
    {
        PlanDemand.Finite("effect", effect);
        if (terms.WhyNoSize(effect, power) is { } why)
        {
            return terms.Method.NotComputable(why);
        }

        var z = terms.CriticalZ + Normal.Quantile(power);
        var guess = z * z / (design.EffectiveSize(1) * effect * effect);
        return RisingRoot.Find(n => design.Power(effect, n, terms) - power, design.LeastSize, guess, design.MostSize) is { } size
            ? Plan(design, terms, effect, size)
            : terms.Method.NotComputable($"an effect of {effect.Text()} needs more than {PlanDemand.MostSize.Text()} units in an arm");
    }

    public static StatisticResult Power(MeanDesign design, PlanTerms terms, double effect, double size)
    {
        PlanDemand.Finite("effect", effect);
        return TooSmall(design, terms, size) ?? Plan(design, terms, effect, size);
    }

    public static StatisticResult DetectableEffect(MeanDesign design, PlanTerms terms, double size, double power)
    {
        if (terms.WhyNoPower(power) is { } why)
        {
            return terms.Method.NotComputable(why);
        }

        if (TooSmall(design, terms, size) is { } reason)
        {
            return reason;
        }

        return TTestPower.Detectable(design.DegreesOfFreedom(size), power, terms) is { } shift
            ? Plan(design, terms, shift / design.Noncentrality(size), size)
            : terms.Method.NotComputable($"no effect has a power of {power.Text()} at alpha {terms.Alpha.Text()} with so few units");
    }

    private static NotComputable? TooSmall(MeanDesign design, PlanTerms terms, double size)
    {
        PlanDemand.Size(size, design.Ratio ?? 1);
        return size >= design.LeastSize ? null
            : design.Ratio is { } ratio
                ? terms.Method.NotComputable($"the control has {size.Text()} units and the treatment {(size * ratio).Text()}; a variance needs 2 in each")
            : terms.Method.NotComputable($"there are {size.Text()} pairs; a variance needs 2");
    }

    private static StatisticResult Plan(MeanDesign design, PlanTerms terms, double effect, double size) =>
        terms.Plan(effect, design.Power(effect, size, terms), size, design.Ratio).OrNotComputable();
}
