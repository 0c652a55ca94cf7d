using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Health;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;
using Assay.Stores;

namespace Assay.Experimentation.Analysis;

/// <summary>From the sums of an experiment to its report: health, guardrails, goals, decision. Pure; the order of arms in the sums changes nothing.</summary>
internal static class ExperimentAnalysis
{
    /// <summary>Analyses an experiment.</summary>
    /// <param name="definition">Its catalog file.</param>
    /// <param name="sums">The answer to <see cref="AnalysisPlan.Query"/>.</param>
    /// <param name="past">Earlier looks at this version, in any order.</param>
    /// <param name="now">The time of this look.</param>
    /// <exception cref="AssayException">The definition asks for what cannot be analysed (exit code 2).</exception>
    public static ExperimentReport Of(ExperimentFile definition, ExperimentSums sums, IReadOnlyList<ExperimentLook> past, DateTimeOffset now)
    {
        var plan = AnalysisPlan.Of(definition);
        var table = new ArmTable(plan, sums);
        var earlier = past.Where(l => l.At < now).OrderBy(l => l.At).ToList();
        var health = ExperimentHealth.Of(plan, table, sums, earlier, now);
        var blocked = ExperimentDecider.Blocked(plan, table, health);
        var plannedReached = plan.UnitsPerArm is { } planned && table.LeastUnits >= planned;
        var final = plan.IsSequential ? null : earlier.Find(l => l.IsFinal);
        var goals = new Goals(plan, table, blocked is null && (plan.IsSequential || plannedReached), final);
        IReadOnlyList<MetricReport> metrics = [.. new Guardrails(plan, table).Report(), .. goals.Report(MetricRole.Goal), .. goals.Report(MetricRole.Info)];
        var arms = blocked is null ? Decide(plan, metrics, plannedReached) : [];
        var decision = blocked ?? ExperimentDecider.Of(arms, final, metrics);
        var traffic = Traffic.Of(sums, now);
        var report = new ExperimentReport
        {
            Experiment = plan.Experiment,
            Version = plan.Version,
            Hypothesis = definition.Hypothesis,
            Owner = definition.Owner,
            At = now,
            First = sums.First,
            Last = sums.Last,
            Began = DeletionHealth.Begin(sums, earlier),
            KeptFrom = sums.KeptFrom,
            Method = new MethodReport(plan.IsSequential, plan.Alpha, plan.Power, plan.Correction?.ToString(), plan.UnitsPerArm, plan.LeastUnitsPerArm),
            Decision = decision,
            Verdict = VerdictOf(decision),
            Needs = decision.Action == DecidedAction.Continue ? Needed.Of(plan, table, metrics, traffic, decision) : [],
            Arms = [.. plan.Arms.Select(a => Arm(a, plan, table, arms))],
            Health = health,
            Metrics = metrics,
            UnitsPerDay = traffic.UnitsPerDay > 0 ? traffic.UnitsPerDay : null,
            ByDay = [.. sums.ByDay.OrderBy(d => d.Day).ThenBy(d => d.Variant, StringComparer.Ordinal)],
            Looks = [],
        };
        var isFinal = !plan.IsSequential && plannedReached && blocked is null;
        return report with { Looks = [.. earlier, ExperimentLook.Of(report, isFinal)] };
    }

    private static List<(string Variant, ArmDecision Decision)> Decide(AnalysisPlan plan, IReadOnlyList<MetricReport> metrics, bool plannedReached) =>
        [.. plan.Treatments.Select(t => (t.Name, ArmDecider.Decide(t.Name, metrics, plan.IsSequential, plannedReached)))];

    private static ArmReport Arm(ArmPlan arm, AnalysisPlan plan, ArmTable table, List<(string Variant, ArmDecision Decision)> decisions) =>
        new(arm.Name, arm.Description, arm.Weight, table.Units(arm.Name), arm.Name == plan.Control)
        {
            Decision = decisions.Find(d => d.Variant == arm.Name).Decision,
        };

    private static Verdict VerdictOf(ExperimentDecision decision) =>
        decision switch
        {
            { Action: DecidedAction.Ship } => Verdict.Pass,
            { Action: DecidedAction.RollBack } => Verdict.Fail,
            { Cause: DecisionCause.NoUnits } => Verdict.NoData,
            _ => Verdict.Inconclusive,
        };
}
