using Assay.Experimentation.Analysis.Decisions;

namespace Assay.Experimentation.Analysis;

/// <summary>What an experiment that goes on still needs, in units and, at the present traffic, in days.</summary>
internal static class Needed
{
    public static IReadOnlyList<Need> Of(
        AnalysisPlan plan,
        ArmTable table,
        IReadOnlyList<MetricReport> metrics,
        Traffic traffic,
        ExperimentDecision decision
    ) =>
        decision.Cause is DecisionCause.NoUnits or DecisionCause.TooFewUnits
            ? [Need(plan, table, traffic, "", "", Math.Max(0, plan.LeastUnitsPerArm - table.LeastUnits), "before anything is decided")]
            :
            [
                .. metrics
                    .Where(m => m.Role != MetricRole.Info)
                    .SelectMany(m => m.Comparisons.Where(c => c.Finding == Finding.Open).Select(c => Need(plan, table, traffic, m, c))),
            ];

    private static Need Need(AnalysisPlan plan, ArmTable table, Traffic traffic, MetricReport metric, ArmComparison row)
    {
        if (row.TimesNeeded is not { } times)
        {
            return new Need(
                row.Variant,
                metric.Title,
                null,
                null,
                metric.Role == MetricRole.Guardrail
                    ? "its estimate lies beyond its margin: more units will prove harm, not safety"
                    : "no number of units that can be planned would show it"
            );
        }

        // 1.0000000000000675 units are 1.
        var more = (long)Math.Ceiling((times - 1) * table.LeastUnits * (1 - 1e-9));
        var why =
            metric.Role == MetricRole.Guardrail ? "to prove it within its margin, if it stays as it is"
            : !plan.IsSequential ? "to reach the planned size"
            : metric.MinimalEffect is { } least ? $"to see {FigureText.Of(least, metric.Unit)} with a power of {FigureText.Percent(plan.Power)}"
            : "to prove the effect, if it stays as it is";
        return Need(plan, table, traffic, row.Variant, metric.Title, more, why);
    }

    private static Need Need(AnalysisPlan plan, ArmTable table, Traffic traffic, string variant, string metric, long more, string why)
    {
        // Units come by weight: the smallest arm is the slowest.
        var weights = plan.Arms.Where(a => a.Weight > 0).Select(a => a.Weight).ToList();
        return new Need(variant, metric, more, more == 0 ? 0 : traffic.DaysFor(more * weights.Sum() / weights.Min()), why);
    }
}
