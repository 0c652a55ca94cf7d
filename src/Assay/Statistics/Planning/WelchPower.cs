using Assay.Statistics.Samples;

namespace Assay.Statistics.Planning;

/// <summary>What two samples could have shown, by Welch's standard error and degrees of freedom.</summary>
internal static class WelchPower
{
    private static readonly MethodName Welch = new("Power of Welch's t test", "Welch 1947, Biometrika 34:28; noncentral t with Welch's degrees of freedom");

    public static StatisticResult DetectableDifference(in Moments control, in Moments treatment, double power, double alpha, Alternative alternative)
    {
        var terms = new PlanTerms(Welch, alpha, alternative);
        if ((terms.WhyNoPower(power) ?? WhyNoError("control", control) ?? WhyNoError("treatment", treatment)) is { } why)
        {
            return Welch.NotComputable(why);
        }

        var (c, t) = (control.Variance / control.Count, treatment.Variance / treatment.Count);
        if (c + t == 0)
        {
            return Welch.NotComputable("all values are equal in both arms; without variance nothing is said about what could have been seen");
        }

        var (shareC, shareT) = (c / (c + t), t / (c + t));
        var df = 1 / ((shareC * shareC / (control.Count - 1)) + (shareT * shareT / (treatment.Count - 1)));
        return TTestPower.Detectable(df, power, terms) is { } shift
            ? terms.Plan(shift * Math.Sqrt(c + t), TTestPower.Of(shift, df, terms), control.Count, (double)treatment.Count / control.Count).OrNotComputable()
            : Welch.NotComputable($"no difference has a power of {power.Text()} at alpha {alpha.Text()} with so few values");
    }

    private static string? WhyNoError(string arm, in Moments moments) =>
        moments.NotFinite > 0 ? $"the {arm} has {moments.NotFinite} values that are not finite"
        : moments.Count < 2 ? $"the {arm} has {moments.Count} {(moments.Count == 1 ? "value" : "values")}; a variance needs 2"
        : null;
}
