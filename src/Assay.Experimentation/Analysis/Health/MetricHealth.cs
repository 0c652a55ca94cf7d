using Assay.Experimentation.Analysis.Comparisons;
using Assay.Statistics.Corrections;
using Assay.Statistics.Means;
using Assay.Statistics.Rates;

namespace Assay.Experimentation.Analysis.Health;

/// <summary>Whether outcomes arrived as they were meant to. What is only told is noted, never a fault.</summary>
internal static class MetricHealth
{
    // As strict as the sample ratio, over all metrics and treatments together: these are repeated at every look too.
    private const double Alpha = 1e-3;

    public static IEnumerable<HealthCheck> Of(AnalysisPlan plan, ArmTable table) =>
        Numbers(plan, table)
            .Concat(NoOutcomes(plan, table))
            .Concat(UnevenOutcomes(plan, table))
            .Concat(Variances(plan, table))
            .Concat(plan.PreExposure > TimeSpan.Zero ? Imbalances(plan, table) : []);

    private static IEnumerable<HealthCheck> Numbers(AnalysisPlan plan, ArmTable table) =>
        from metric in ByName(plan)
        from arm in Weighted(plan)
        let sums = table.Of(arm, metric).Sums
        where sums.NotFinite > 0
        let all = sums.UnitMeans.Count == 0
        select new HealthCheck(
            HealthFault.NotFinite,
            all ? Severe(plan, metric) : HealthState.Note,
            all
                ? $"Every outcome of {metric.Name} in {arm.Name} is NaN or infinite ({FigureText.Count(sums.NotFinite)}): mend what computes it."
                : $"{FigureText.Counted(sums.NotFinite, "outcome")} of {metric.Name} in {arm.Name} {(sums.NotFinite == 1 ? "is" : "are")} NaN or infinite and part of no figure."
        )
        {
            Metric = metric.Name,
            Value = sums.NotFinite,
        };

    private static IEnumerable<HealthCheck> NoOutcomes(AnalysisPlan plan, ArmTable table) =>
        from metric in ByName(plan)
        let silent = Weighted(plan).Where(a => IsSilent(table.Of(a, metric), plan)).Select(a => a.Name).ToList()
        where silent.Count > 0
        select new HealthCheck(
            HealthFault.MissingOutcomes,
            Severe(plan, metric),
            $"No outcome of {metric.Name} arrived in {string.Join(" and ", silent)}: check that the service records it there, also when it is 0."
        )
        {
            Metric = metric.Name,
        };

    // Means and quantiles are of the units that have outcomes: when an arm has fewer of these, the arms are no longer alike.
    private static IEnumerable<HealthCheck> UnevenOutcomes(AnalysisPlan plan, ArmTable table)
    {
        var rows = (
            from metric in ByName(plan)
            where plan.Metrics.Any(m => m.Name == metric.Name && m.Kind is MetricKind.Mean or MetricKind.Quantile)
            from treatment in plan.Treatments
            let c = table.Of(table.Control, metric)
            let t = table.Of(treatment, metric)
            where c.Sums.UnitMeans.Count > 0 && t.Sums.UnitMeans.Count > 0 && c.Units >= plan.LeastUnitsPerArm && t.Units >= plan.LeastUnitsPerArm
            let result = RateDifference.Compare(c.Sums.UnitMeans.Count, c.Units, t.Sums.UnitMeans.Count, t.Units).AsComputed
            where result?.P is not null
            select (metric, treatment, c, t, P: result.P!.Value.Value)
        ).ToList();
        var adjusted = MultipleTesting.Adjust(rows.Select(r => r.P).ToArray(), Correction.Holm);
        return rows.Select((r, i) => (r, P: adjusted[i]))
            .Where(x => x.P <= Alpha)
            .Select(x => new HealthCheck(
                HealthFault.MissingOutcomes,
                Severe(plan, x.r.metric),
                $"{FigureText.Percent(Share(x.r.c))} of control's units have outcomes of {x.r.metric.Name} and {FigureText.Percent(Share(x.r.t))} of {x.r.treatment.Name}'s ({FigureText.P(x.P)}): those that are left are not alike."
            )
            {
                Metric = x.r.metric.Name,
                P = x.P,
            });
    }

    private static IEnumerable<HealthCheck> Variances(AnalysisPlan plan, ArmTable table) =>
        from metric in plan.Metrics
        where metric.Kind is not MetricKind.Rate
        from arm in Weighted(plan)
        let sums = table.Of(arm, metric)
        let values = metric.Kind is MetricKind.Mean or MetricKind.Quantile ? sums.Sums.UnitMeans : sums.Sums.Ratio.X
        where values.Count >= plan.LeastUnitsPerArm && sums.Sums.Outcomes > sums.Sums.NotFinite && values.Variance == 0
        select new HealthCheck(
            HealthFault.NoVariance,
            Severe(plan, metric),
            $"All {FigureText.Count(values.Count)} units of {arm.Name} have one and the same {metric.Name}: without variance no difference can be judged. Check what records it."
        )
        {
            Metric = metric.Name,
        };

    private static IEnumerable<HealthCheck> Imbalances(AnalysisPlan plan, ArmTable table)
    {
        var rows = (
            from metric in ByName(plan)
            from treatment in plan.Treatments
            let c = table.Of(table.Control, metric).Sums.Covariate.X
            let t = table.Of(treatment, metric).Sums.Covariate.X
            let result = WelchTest.Compare(c, t).AsComputed
            where result?.P is not null
            select (metric, treatment, P: result.P!.Value.Value)
        ).ToList();
        var adjusted = MultipleTesting.Adjust(rows.Select(r => r.P).ToArray(), Correction.Holm);
        return rows.Select((r, i) => (r, P: adjusted[i]))
            .Where(x => x.P <= Alpha)
            .Select(x => new HealthCheck(
                HealthFault.Imbalance,
                Severe(plan, x.r.metric),
                $"{x.r.treatment.Name} and control differed in {x.r.metric.Name} before the exposure already ({FigureText.P(x.P)}): the draw, or who was exposed, is not random."
            )
            {
                Metric = x.r.metric.Name,
                P = x.P,
            });
    }

    private static bool IsSilent(ArmSums arm, AnalysisPlan plan) => arm.Units >= plan.LeastUnitsPerArm && arm.Sums.Outcomes == 0 && arm.Sums.NotFinite == 0;

    private static double Share(ArmSums arm) => (double)arm.Sums.UnitMeans.Count / arm.Units;

    private static IEnumerable<ArmPlan> Weighted(AnalysisPlan plan) => plan.Arms.Where(a => a.Weight > 0);

    /// <summary>Each metric once, whatever its kinds, by the one that matters most.</summary>
    private static IEnumerable<MetricPlan> ByName(AnalysisPlan plan) =>
        plan.Metrics.GroupBy(m => m.Name, StringComparer.Ordinal).Select(g => g.MinBy(m => m.Role)!);

    private static HealthState Severe(AnalysisPlan plan, MetricPlan metric) =>
        plan.Metrics.Any(m => m.Name == metric.Name && m.Role != MetricRole.Info) ? HealthState.Fault : HealthState.Note;
}
