using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Planning;

/// <summary>What two samples could have shown, by Welch's standard error and degrees of freedom.</summary>
internal static class WelchPower
{
    private static readonly MethodName Welch = new("Power of Welch's t test", "Welch 1947, Biometrika 34:28; noncentral t with Welch's degrees of freedom");

    public static StatisticResult DetectableDifference(in Moments control, in Moments treatment, double power, double alpha, Alternative alternative)
    {
        var terms = new PlanTerms(Welch, alpha, alternative);
        if ((terms.WhyNoPower(power) ?? Shortage.OfVariances(control, treatment)) is { } why)
        {
            return Welch.NotComputable(why);
        }

        var error = WelchTest.ErrorOf(control, treatment);
        return error.StandardError == 0 ? Welch.NotComputable(Spread.WhyNone(control, treatment))
            : !double.IsFinite(error.StandardError) ? Welch.NotComputable("the arithmetic left the range of a double: the values are too far apart")
            : TTestPower.Detectable(error.DegreesOfFreedom, power, terms) is { } shift
                ? Plan(terms, shift, error, control.Count, treatment.Count).OrNotComputable()
            : Welch.NotComputable($"no difference has a power of {power.Text()} at alpha {alpha.Text()} with so few values");
    }

    private static PowerPlan Plan(PlanTerms terms, double shift, CombinedError error, long control, long treatment) =>
        terms.Plan(shift * error.StandardError, TTestPower.Of(shift, error.DegreesOfFreedom, terms), control, (double)treatment / control) with
        {
            TreatmentN = treatment,
        };
}
