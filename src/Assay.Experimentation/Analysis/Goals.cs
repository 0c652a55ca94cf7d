using Assay.Experimentation.Analysis.Comparisons;
using Assay.Experimentation.Analysis.Looks;
using Assay.Statistics;
using Assay.Statistics.Corrections;

namespace Assay.Experimentation.Analysis;

/// <summary>
/// Goals, and what is only told: the test of the experiment's method, corrected over all goals and treatments. A fixed horizon tells no p-value and
/// finds nothing before its planned size.
/// </summary>
/// <param name="plan">How it is analysed.</param>
/// <param name="table">The sums.</param>
/// <param name="mayDecide">Whether findings may be made now.</param>
/// <param name="final">The look that decided the goals of a fixed horizon, once; null when there is none.</param>
internal sealed class Goals(AnalysisPlan plan, ArmTable table, bool mayDecide, ExperimentLook? final)
{
    /// <summary>Metrics of the role, in the order of the file.</summary>
    public IReadOnlyList<MetricReport> Report(MetricRole role)
    {
        var rows = plan.Metrics.Where(m => m.Role == role).SelectMany(m => plan.Treatments.Select(t => Row(m, t))).ToList();
        var adjusted = role == MetricRole.Goal ? Adjusted(rows) : null;
        return
        [
            .. rows.Select((row, i) => (Row: row, Comparison: Finish(row, adjusted?[i], rows.Count)))
                .GroupBy(r => r.Row.Metric)
                .Select(g => MetricReporting.Of(g.Key, plan, table, [.. g.Select(r => r.Comparison)]) with { Plan = PlanOf(g.First().Row, rows.Count) }),
        ];
    }

    private GoalRow Row(MetricPlan metric, ArmPlan treatment)
    {
        var compared = table.Compare(treatment, metric);
        var figure = compared.Comparison is { } c ? FigureOf(c) : Figure.Missing("", compared.Lack!, plan.Alpha);
        return new GoalRow(metric, treatment, compared, figure);
    }

    private Figure FigureOf(Comparison comparison) => Figure.Of(comparison, c => Test(c, plan.Alpha), plan.Alpha);

    private StatisticResult Test(Comparison comparison, double alpha) =>
        plan.IsSequential ? comparison.Sequential(alpha, plan.Tuning) : comparison.Fixed(alpha, Alternative.TwoSided);

    // One that has no p-value stays in the family: what is missing makes nothing easier.
    private double[] Adjusted(List<GoalRow> rows)
    {
        var values = rows.Select(r => r.Figure.P ?? 1).ToArray();
        return plan.Correction is { } correction ? MultipleTesting.Adjust(values, correction) : values;
    }

    private ArmComparison Finish(GoalRow row, double? adjusted, int family)
    {
        var (metric, figure) = (row.Metric, row.Figure);
        var finding = Decided(row) ?? FindingOf(metric, figure, adjusted);
        var each = Each(metric, family);
        var control = row.Compared.Comparison?.Moments.Control.Mean ?? 0;
        return new ArmComparison(
            row.Treatment.Name,
            mayDecide ? figure : figure with { P = null },
            finding,
            GoalText.Of(metric, figure, adjusted, finding, mayDecide, plan.IsSequential)
        )
        {
            Relative = control == 0 ? null : Reasonable.Number(figure.Estimate / Math.Abs(control)),
            AdjustedP = mayDecide && figure.P is not null ? adjusted : null,
            Detectable = row.Compared.Comparison is { } c && figure.Lack is null ? Sensitivity.Detectable(c, plan, each, plan.IsSequential) : null,
            Beside = row.Compared.Beside is { } beside ? FigureOf(beside) with { P = null } : null,
            VarianceReduction = row.Compared.VarianceReduction,
            TimesNeeded = finding == Finding.Open && metric.Role == MetricRole.Goal ? Times(row, each) : null,
        };
    }

    // One test of a corrected family has at least its share of alpha.
    private double Each(MetricPlan metric, int family) => plan.Correction is null || metric.Role != MetricRole.Goal ? plan.Alpha : plan.Alpha / family;

    private SizePlan? PlanOf(GoalRow row, int family) =>
        row.Compared.Comparison is { } c ? SizePlan.Of(row.Metric, c.Moments, plan, Each(row.Metric, family)) : null;

    // What a fixed horizon found stays found: later data are not looked at for it.
    private Finding? Decided(GoalRow row) =>
        mayDecide
            ? final?.Figures.FirstOrDefault(f => f.Metric == row.Metric.Name && f.Kind == row.Metric.KindText && f.Variant == row.Treatment.Name)?.Finding
            : null;

    private Finding FindingOf(MetricPlan metric, Figure figure, double? adjusted)
    {
        if (figure.Lack is not null)
        {
            return Finding.None;
        }

        if (!mayDecide || adjusted is not { } p)
        {
            return Finding.Open;
        }

        return p <= plan.Alpha ? (metric.IsBetter(figure.Estimate!.Value) ? Finding.Better : Finding.Worse)
            : metric.MinimalEffect is { } least && figure.Low > -least && figure.High < least ? Finding.Small
            : Finding.Open;
    }

    /// <summary>So many times the units decide: the planned size, the minimal effect, or else the effect as it looks now.</summary>
    private double? Times(GoalRow row, double alpha)
    {
        if (!plan.IsSequential)
        {
            return Math.Max(1, (double)plan.UnitsPerArm!.Value / Math.Max(1, table.LeastUnits));
        }

        var comparison = row.Compared.Comparison!;
        return row.Metric.MinimalEffect is { } least
            ? Sensitivity.TimesToDetect(comparison, plan, alpha, least)
            : Sensitivity.TimesUntil(times => comparison.Times(times).AtWorst().Sequential(alpha, plan.Tuning).AsComputed?.Interval?.Contains(0) == false);
    }

    private sealed record GoalRow(MetricPlan Metric, ArmPlan Treatment, Compared Compared, Figure Figure);
}

/// <summary>A goal in a sentence.</summary>
internal static class GoalText
{
    public static string Of(MetricPlan metric, Figure figure, double? adjusted, Finding finding, bool mayDecide, bool isSequential)
    {
        if (figure.Lack is { } lack)
        {
            return $"There is no figure: {lack}.";
        }

        var estimate = $"{FigureText.Signed(figure.Estimate!.Value, metric.Unit)} ({FigureText.Interval(figure.Low, figure.High, metric.Unit)})";
        var p = adjusted is { } value ? $", {FigureText.P(value)}" : "";
        return finding switch
        {
            Finding.Better => $"Better: {estimate}{p}.",
            Finding.Worse => $"Worse: {estimate}{p}.",
            Finding.Small => $"No effect worth finding: {estimate}, within {FigureText.Of(metric.MinimalEffect!.Value, metric.Unit)} either way.",
            _ when metric.Role == MetricRole.Info => $"{estimate}; told, not decided by.",
            // A fault in the data, or too few units; the decision says which.
            _ when !mayDecide && isSequential => $"Not decided now: {estimate}.",
            _ when !mayDecide => $"Not decided before the planned size: {estimate}.",
            _ => $"Open: {estimate}{p}.",
        };
    }
}
