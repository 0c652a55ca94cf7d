using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Rehearsals;

namespace Assay.Releases.Tests.Rehearsals;

/// <summary>Rehearsals as they may have been.</summary>
internal static class MadeRehearsal
{
    public static readonly DateTimeOffset Fault = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static readonly RehearsalBudget Budget = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20));

    /// <summary>Found after four seconds, restored after five; by what the looks say.</summary>
    public static RehearsalMeasures Measures(params CanaryLook[] looks) =>
        new(Fault)
        {
            Detect = TimeSpan.FromSeconds(4.04),
            Restore = TimeSpan.FromSeconds(5),
            Looks = looks,
            Reason = "Rolled back. errors: Proven worse than control.",
            Found = new AskedQuestions(180, 60, 0, 18),
            During = new AskedQuestions(230, 70, 1, 21),
        };

    public static RehearsalScenario Scenario(string name) => RehearsalScenarios.Named([name]).Single();

    public static CanaryLook Look(double secondsAfter, Verdict verdict, params MetricJudgement[] metrics) =>
        new(RehearsalStage.Release.ToString(), 1, 25, 1, Fault.AddSeconds(secondsAfter), verdict, "", metrics);

    /// <summary>Errors of the candidate, of a hundred requests; control has none of 300.</summary>
    public static MetricJudgement Errors(int bad, MetricBreak? by) =>
        new(RehearsalStage.Errors, CanaryRole.Guardrail, by is null ? MetricVerdict.Inconclusive : MetricVerdict.Fail, "")
        {
            Control = 0,
            ControlCount = 300,
            Canary = bad / 100.0,
            CanaryCount = 100,
            Limit = 0.1,
            BrokenBy = by,
        };

    public static MetricJudgement Probe(string name, MetricBreak? by) =>
        new(name, CanaryRole.Guardrail, by is null ? MetricVerdict.Pass : MetricVerdict.Fail, "") { BrokenBy = by };
}
