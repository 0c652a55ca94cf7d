using System.Globalization;
using Assay.Cli.Showing;
using Assay.Statistics;
using Assay.Statistics.Planning;

namespace Assay.Cli.Planning;

/// <summary>A plan in a sentence: these units find this effect so often.</summary>
internal static class PowerSentence
{
    public static string Of(PowerRequest request, IReadOnlyList<StatisticResult> plans)
    {
        // A rise and a fall of the leading method belong together.
        var leading = plans.TakeWhile(p => p.Method == plans[0].Method).ToList();
        var found = leading.OfType<PowerPlan>().ToList();
        return found.Count == 0
            ? $"No plan: {((NotComputable)leading[0]).Reason}."
            : $"{Units(found[0])} find {string.Join(" or ", found.Select(p => EffectText(request, p)))} in {NumberText.ShortPercent(found[0].Power)} of cases ({Test(found[0])}).";
    }

    private static string Units(PowerPlan plan) =>
        plan.TreatmentN switch
        {
            null => string.Create(CultureInfo.InvariantCulture, $"{plan.ControlN:#,0} pairs"),
            { } same when same == plan.ControlN => string.Create(CultureInfo.InvariantCulture, $"{same:#,0} units in each arm ({2 * (Int128)same:#,0} in all)"),
            { } other => string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.ControlN:#,0} units in the control and {other:#,0} in the treatment ({(Int128)plan.ControlN + other:#,0} in all)"
            ),
        };

    private static string EffectText(PowerRequest request, PowerPlan plan) =>
        plan.Baseline is { } baseline
            ? $"a {(plan.Effect < 0 ? "fall" : "rise")} from {NumberText.ShortPercent(baseline)} to {NumberText.ShortPercent(baseline + plan.Effect)}"
        : request.Deviation is { } deviation ? $"a difference of {NumberText.Of(plan.Effect * deviation)} ({NumberText.Of(plan.Effect)} standard deviations)"
        : $"a difference of {NumberText.Of(plan.Effect)} standard deviations";

    private static string Test(PowerPlan plan)
    {
        var claim = plan.Alternative switch
        {
            Alternative.Greater => "one-sided, greater",
            Alternative.Less => "one-sided, less",
            _ => "two-sided",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{claim}, alpha = {plan.Alpha}");
    }
}
