namespace Assay.Experimentation.Analysis.Decisions;

/// <summary>What is to be done with one treatment, from what its guardrails and goals came to.</summary>
internal static class ArmDecider
{
    public static ArmDecision Decide(string variant, IReadOnlyList<MetricReport> metrics, bool isSequential, bool plannedReached)
    {
        var rows = metrics.Where(m => m.Role != MetricRole.Info).Select(m => new Row(m, m.Comparisons.First(c => c.Variant == variant))).ToList();
        var goals = rows.Where(r => r.Metric.Role == MetricRole.Goal).ToList();
        var guards = rows.Where(r => r.Metric.Role == MetricRole.Guardrail).ToList();
        return Broken(guards) ?? Missing(rows) ?? (isSequential || plannedReached ? Proven(goals, guards) ?? Unproven(goals, isSequential) : Early(goals));
    }

    private static ArmDecision? Broken(List<Row> guards) =>
        guards.Find(g => g.Finding == Finding.Broken) is { } g
            ? new ArmDecision(DecidedAction.RollBack, DecisionCause.GuardrailBroken, $"the guardrail {g.Metric.Title} is worse than its margin ({g.Numbers}).")
            : null;

    private static ArmDecision? Missing(List<Row> rows) =>
        rows.Find(r => r.Finding == Finding.None) is { } r
            ? new ArmDecision(DecidedAction.Review, DecisionCause.MissingFigure, $"{r.Metric.Title} has no figure: {r.Comparison.Difference.Lack}.")
            : null;

    private static ArmDecision Early(List<Row> goals) =>
        goals.Count == 0
            ? NoGoal
            : new ArmDecision(DecidedAction.Continue, DecisionCause.BeforePlannedSize, "a fixed horizon decides at its planned size, not before.");

    private static ArmDecision? Proven(List<Row> goals, List<Row> guards)
    {
        var (better, worse) = (goals.Find(g => g.Finding == Finding.Better), goals.Find(g => g.Finding == Finding.Worse));
        if (worse is not null)
        {
            return better is null
                ? new ArmDecision(DecidedAction.RollBack, DecisionCause.GoalWorse, $"the goal {worse.Metric.Title} got worse ({worse.Numbers}).")
                : new ArmDecision(
                    DecidedAction.Review,
                    DecisionCause.GoalsDisagree,
                    $"{better.Metric.Title} got better ({better.Numbers}) and {worse.Metric.Title} worse ({worse.Numbers}): a person must weigh them."
                );
        }

        var open = guards.Where(g => g.Finding != Finding.Held).Select(g => g.Metric.Title).ToList();
        return better is null ? null
            : open.Count == 0
                ? new ArmDecision(
                    DecidedAction.Ship,
                    DecisionCause.GoalBetter,
                    $"{better.Metric.Title} got better ({better.Numbers}){(guards.Count == 0 ? "; there is no guardrail" : $" and {(guards.Count == 1 ? "the guardrail holds" : $"all {guards.Count} guardrails hold")}")}."
                )
            : new ArmDecision(
                DecidedAction.Continue,
                DecisionCause.GuardrailOpen,
                $"{better.Metric.Title} got better ({better.Numbers}), but {string.Join(" and ", open)} {(open.Count == 1 ? "is" : "are")} not yet proven within {(open.Count == 1 ? "its margin" : "their margins")}."
            );
    }

    private static ArmDecision Unproven(List<Row> goals, bool isSequential) =>
        goals.Count == 0 ? NoGoal
        : goals.TrueForAll(g => g.Finding == Finding.Small)
            ? new ArmDecision(
                DecidedAction.Review,
                DecisionCause.EffectTooSmall,
                "whatever the effect is, it is smaller than worth finding: more units will not change that."
            )
        : isSequential
            ? new ArmDecision(
                DecidedAction.Continue,
                DecisionCause.GoalsOpen,
                $"no goal is proven yet ({string.Join("; ", goals.Select(g => $"{g.Metric.Title} {g.Numbers}"))})."
            )
        : new ArmDecision(
            DecidedAction.Review,
            DecisionCause.NothingFound,
            $"the planned size is reached and no goal is proven ({string.Join("; ", goals.Select(g => $"{g.Metric.Title} {g.Numbers}"))}): that is no proof that there is no effect."
        );

    private static ArmDecision NoGoal => new(DecidedAction.Review, DecisionCause.NoGoal, "the experiment has no goal to decide by.");

    private sealed record Row(MetricReport Metric, ArmComparison Comparison)
    {
        public Finding Finding => Comparison.Finding;

        public string Numbers =>
            $"{FigureText.Signed(Comparison.Difference.Estimate ?? 0, Metric.Unit)}, {FigureText.Interval(Comparison.Difference.Low, Comparison.Difference.High, Metric.Unit)}";
    }
}
