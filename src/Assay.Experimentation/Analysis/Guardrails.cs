using Assay.Experimentation.Analysis.Comparisons;

namespace Assay.Experimentation.Analysis;

/// <summary>
/// Guardrails: each against its margin, one-sided and at any number of looks, also where goals wait for a planned size. All must be proven within
/// their margins, so each proof is at alpha itself (intersection-union); one that is broken ends the experiment, so proofs of that are Holm's over all of them.
/// </summary>
internal sealed class Guardrails(AnalysisPlan plan, ArmTable table)
{
    public IReadOnlyList<MetricReport> Report()
    {
        var guards = plan
            .Metrics.Where(m => m.Role == MetricRole.Guardrail)
            .SelectMany(m => plan.Treatments.Select(t => Guard.Of(m, t.Name, table.Compare(t, m), table)))
            .ToList();
        var broken = Broken(guards);
        return
        [
            .. guards
                .GroupBy(g => g.Metric)
                .Select(g => MetricReporting.Of(g.Key, plan, table, [.. g.Select(one => one.ToComparison(plan, broken.Contains(one)))])),
        ];
    }

    // Holm by steps: what is rejected at alpha over those left leaves, and the rest is asked again with one fewer.
    private HashSet<Guard> Broken(List<Guard> guards)
    {
        var left = guards.Where(g => g.Comparison is not null).ToList();
        var broken = new HashSet<Guard>();
        while (left.Find(g => g.IsBeyond(plan.Alpha / left.Count, plan.Tuning)) is { } hit)
        {
            left.Remove(hit);
            broken.Add(hit);
        }

        return broken;
    }
}

/// <summary>One guardrail of one treatment.</summary>
internal sealed record Guard(MetricPlan Metric, string Variant, Comparison? Comparison, string? Lack, Limit Limit, double Control)
{
    public static Guard Of(MetricPlan metric, string variant, Compared compared, ArmTable table)
    {
        // The margin of a share of control's figure is about the figure that is compared, adjusted or not.
        var control = compared.Comparison?.Moments.Control.Mean ?? table.Of(table.Control, metric).Value(metric) ?? 0;
        return new Guard(metric, variant, compared.Comparison, compared.Lack, Limit.Of(metric.Margin, metric.IsLowerBetter, control), control);
    }

    public bool IsBeyond(double alpha, long tuning)
    {
        var excess = Comparison!.Above(Limit, alpha, tuning);
        return Metric.IsLowerBetter ? excess.Low > 0 : excess.High < 0;
    }

    public ArmComparison ToComparison(AnalysisPlan plan, bool isBroken)
    {
        if (Comparison is null)
        {
            return Missing("", Lack!, plan.Alpha);
        }

        var excess = Comparison.Above(Limit, plan.Alpha, plan.Tuning);
        if (excess.Lack is { } lack)
        {
            return Missing(excess.Method, lack, plan.Alpha);
        }

        var limit = Limit.At(Control) - Control;
        var moments = Comparison.Moments;
        var figure = new Figure(
            excess.Estimate + limit,
            excess.Low + limit,
            excess.High + limit,
            1 - (2 * plan.Alpha),
            Figure.MethodOf(excess.Method, Comparison.Of),
            moments.Control.Count + moments.Treatment.Count
        );
        var finding =
            isBroken ? Finding.Broken
            : IsWithin(excess) ? Finding.Held
            : Finding.Open;
        return new ArmComparison(Variant, figure, finding, GuardrailText.Of(Metric, figure, limit, finding))
        {
            Limit = limit,
            Relative = Control == 0 ? null : Reasonable.Number(figure.Estimate / Math.Abs(Control)),
            Detectable = Sensitivity.Detectable(Comparison, plan, 2 * plan.Alpha, sequential: true),
            TimesNeeded =
                finding == Finding.Open && IsOnGoodSide(excess.Estimate!.Value)
                    ? Sensitivity.TimesUntil(times => IsWithin(Comparison.Times(times).Above(Limit, plan.Alpha, plan.Tuning)))
                    : null,
        };
    }

    private bool IsWithin(Excess excess) => Metric.IsLowerBetter ? excess.High < 0 : excess.Low > 0;

    private bool IsOnGoodSide(double excess) => Metric.IsLowerBetter ? excess < 0 : excess > 0;

    private ArmComparison Missing(string method, string lack, double alpha) =>
        new(Variant, Figure.Missing(method, lack, 2 * alpha), Finding.None, $"There is no figure: {lack}.");
}

/// <summary>A guardrail in a sentence.</summary>
internal static class GuardrailText
{
    public static string Of(MetricPlan metric, Figure figure, double limit, Finding finding)
    {
        var worse = metric.IsLowerBetter ? "higher" : "lower";
        var margin = metric.Margin.IsNone
            ? "no worsening is accepted"
            : $"{FigureText.Of(Math.Abs(limit), metric.Unit)} {worse} is accepted{(metric.Margin.Relative > 0 ? $" ({FigureText.Percent(metric.Margin.Relative)} of control)" : "")}";
        var interval = FigureText.Interval(figure.Low, figure.High, metric.Unit);
        var estimate = FigureText.Signed(figure.Estimate!.Value, metric.Unit);
        return finding switch
        {
            Finding.Broken => $"Proven worse than its margin: {estimate} ({interval}), where {margin}.",
            Finding.Held => $"Proven within its margin: {estimate} ({interval}), where {margin}.",
            _ => $"Open: {estimate} ({interval}), where {margin}.",
        };
    }
}
