using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Experiments.Pages;

/// <summary>Why an experiment is decided as it is: the report's own sentence, and the same in Russian from the same figures.</summary>
internal static class ReasonTexts
{
    public static string Of(ExperimentReport report, Reader reader) => reader.Language == Language.Ru ? InRussian(report, reader) : report.Decision.Reason;

    private static string InRussian(ExperimentReport report, Reader reader)
    {
        var f = reader.Figures;
        var (least, smallest) = (report.Method.LeastUnitsPerArm, report.Arms.Where(a => a.Weight > 0).Min(a => a.Units));
        return report.Decision.Cause switch
        {
            DecisionCause.NoUnits => "Ни одна единица ещё не встретила эксперимент.",
            DecisionCause.Unhealthy => $"Данным нельзя верить. {HealthTexts.Of(report.Health[0], report, reader)}",
            DecisionCause.TooFewUnits => $"В меньшей группе {f.Count(smallest, ExperimentTexts.Units)}; меньше {f.Count(least)} ничего не решается.",
            DecisionCause.DecidedBefore => "Решение с фиксированным размером принимается один раз; оно уже принято при запланированном размере.",
            _ => string.Join(
                " ",
                report
                    .Arms.Where(a => a.Decision is not null)
                    .Where(a => report.Decision.Variant is not { } v || a.Variant == v)
                    .Select(a => Arm(a, report, reader))
            ),
        };
    }

    private static string Arm(ArmReport arm, ExperimentReport report, Reader reader)
    {
        string? Told(MetricRole role, params Finding[] findings)
        {
            var told = report
                .Metrics.Where(m => m.Role == role)
                .SelectMany(m => m.Comparisons.Where(c => c.Variant == arm.Variant && findings.Contains(c.Finding)).Select(c => (m, c)))
                .Select(x =>
                    $"{x.m.Title} {MetricWords.Difference(x.c.Difference.Estimate, x.m, reader)}, {MetricWords.Interval(x.c.Difference.Low, x.c.Difference.High, x.m, reader)}"
                )
                .ToList();
            return told.Count == 0 ? null : string.Join("; ", told);
        }

        var text = arm.Decision!.Cause switch
        {
            DecisionCause.GuardrailBroken => $"ограничение хуже допуска: {Told(MetricRole.Guardrail, Finding.Broken)}.",
            DecisionCause.GoalWorse => $"цель стала хуже: {Told(MetricRole.Goal, Finding.Worse)}.",
            DecisionCause.GoalsDisagree =>
                $"лучше {Told(MetricRole.Goal, Finding.Better)}, но хуже {Told(MetricRole.Goal, Finding.Worse)}: взвесить должен человек.",
            DecisionCause.GoalBetter => $"лучше {Told(MetricRole.Goal, Finding.Better)}; ограничения выдержаны.",
            DecisionCause.GuardrailOpen =>
                $"лучше {Told(MetricRole.Goal, Finding.Better)}, но допуск ещё не доказан: {Told(MetricRole.Guardrail, Finding.Open)}.",
            DecisionCause.GoalsOpen => $"ни одна цель не доказана: {Told(MetricRole.Goal, Finding.Open, Finding.Small)}.",
            DecisionCause.NothingFound =>
                $"запланированный размер набран, цели не доказаны ({Told(MetricRole.Goal, Finding.Open, Finding.Small)}); это не доказывает, что эффекта нет.",
            DecisionCause.EffectTooSmall => "каков бы ни был эффект, он меньше того, что стоит искать; больше единиц этого не изменят.",
            DecisionCause.BeforePlannedSize => "решение принимается при запланированном размере, не раньше.",
            DecisionCause.NoGoal => "в эксперименте нет цели.",
            _ => $"нет данных: {Told(MetricRole.Goal, Finding.None) ?? Told(MetricRole.Guardrail, Finding.None)}.",
        };
        return $"{arm.Variant}: {text}";
    }
}
