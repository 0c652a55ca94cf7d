using Assay.Experimentation.Analysis.Health;
using Assay.Experimentation.Analysis.Looks;

namespace Assay.Experimentation.Analysis.Decisions;

/// <summary>
/// What is to be done with the whole experiment: nothing decides under a fault; a treatment that may ship wins; else one that does harm is taken back;
/// else people look where they must, and the rest goes on.
/// </summary>
internal static class ExperimentDecider
{
    /// <summary>Why no treatment may be judged; null when they may.</summary>
    public static ExperimentDecision? Blocked(AnalysisPlan plan, ArmTable table, IReadOnlyList<HealthCheck> health)
    {
        var faults = health.Where(h => h.State == HealthState.Fault).ToList();
        return faults.Count > 0
                ? new ExperimentDecision(
                    DecidedAction.Review,
                    DecisionCause.Unhealthy,
                    null,
                    $"The data cannot be trusted. {faults[0].Text}{(faults.Count == 1 ? "" : $" {faults.Count - 1} more below.")}"
                )
            : table.AllUnits == 0 ? new ExperimentDecision(DecidedAction.Continue, DecisionCause.NoUnits, null, "No unit was exposed yet.")
            : table.LeastUnits < plan.LeastUnitsPerArm
                ? new ExperimentDecision(
                    DecidedAction.Continue,
                    DecisionCause.TooFewUnits,
                    null,
                    $"The smallest arm has {FigureText.Counted(table.LeastUnits, "unit")}; nothing is decided below {FigureText.Count(plan.LeastUnitsPerArm)}."
                )
            : null;
    }

    /// <summary>The decision of the treatments' decisions, in the order of the file.</summary>
    /// <param name="arms">Each treatment's decision.</param>
    /// <param name="final">The look at the planned size of a fixed horizon; null when there is none. What it decided stands; where it waited for a guardrail, that may end now.</param>
    /// <param name="metrics">To tell which of several that may ship is ahead.</param>
    public static ExperimentDecision Of(IReadOnlyList<(string Variant, ArmDecision Decision)> arms, ExperimentLook? final, IReadOnlyList<MetricReport> metrics)
    {
        var broken = arms.FirstOrDefault(a => a.Decision.Cause == DecisionCause.GuardrailBroken);
        if (final is { Action: not DecidedAction.Continue } && broken.Decision is null)
        {
            return new ExperimentDecision(
                final.Action,
                DecisionCause.DecidedBefore,
                final.Variant,
                $"Decided at the planned size on {final.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and once: {final.Reason}"
            );
        }

        var ships = arms.Where(a => a.Decision.Action == DecidedAction.Ship).ToList();
        return ships.Count > 0
            ? Ship(ships, metrics)
            : Pick(arms, DecidedAction.RollBack) ?? Pick(arms, DecidedAction.Review) ?? Pick(arms, DecidedAction.Continue)!;
    }

    private static ExperimentDecision Ship(List<(string Variant, ArmDecision Decision)> ships, IReadOnlyList<MetricReport> metrics)
    {
        var goal = metrics.First(m => m.Role == MetricRole.Goal);
        var ahead = ships.MaxBy(s =>
            (goal.IsLowerBetter ? -1 : 1) * (goal.Comparisons.First(c => c.Variant == s.Variant).Difference.Estimate ?? double.NegativeInfinity)
        );
        var others =
            ships.Count == 1
                ? ""
                : $" {string.Join(" and ", ships.Where(s => s.Variant != ahead.Variant).Select(s => s.Variant))} may ship too; treatments were not compared with each other.";
        return new ExperimentDecision(DecidedAction.Ship, ahead.Decision.Cause, ahead.Variant, $"{ahead.Variant}: {ahead.Decision.Reason}{others}");
    }

    private static ExperimentDecision? Pick(IReadOnlyList<(string Variant, ArmDecision Decision)> arms, DecidedAction action)
    {
        var picked = arms.Where(a => a.Decision.Action == action).ToList();
        return picked.Count == 0
            ? null
            : new ExperimentDecision(
                action,
                picked[0].Decision.Cause,
                picked.Count == arms.Count && arms.Count > 1 ? null : picked[0].Variant,
                string.Join(" ", picked.Select(p => $"{p.Variant}: {p.Decision.Reason}"))
            );
    }
}
