using System.Globalization;

namespace Assay.Releases.Rehearsals;

/// <summary>Whether a rehearsal kept its budget.</summary>
/// <param name="Verdict">Pass or Fail.</param>
/// <param name="Reason">Why, in sentences.</param>
internal sealed record RehearsalJudgement(Verdict Verdict, string Reason)
{
    /// <summary>Judges what was measured: rolled back before the fault, not found, not restored and late are all fails.</summary>
    public static RehearsalJudgement Of(RehearsalMeasures measures, RehearsalBudget budget) =>
        measures switch
        {
            { RolledBackBefore: { } reason } => Fail($"The candidate was rolled back before anything was wrong with it: {reason}"),
            { Detect: null } => Fail($"Nobody found it: the candidate keeps its traffic after more than {Text(budget.Detect)}."),
            { Restore: null } => Fail($"Found after {Text(measures.Detect!.Value)}, but questions are not answered well again."),
            { Detect: { } detect, Restore: { } restore } when detect > budget.Detect || restore > budget.Restore => Fail(Times(detect, restore, budget)),
            { Detect: { } detect, Restore: { } restore } => new(Verdict.Pass, Times(detect, restore, budget)),
        };

    /// <summary>A length of time: <c>3.1 s</c>.</summary>
    public static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Times(TimeSpan detect, TimeSpan restore, RehearsalBudget budget) =>
        $"Found after {Text(detect)} of {Text(budget.Detect)}{Late(detect, budget.Detect)}, all well after {Text(restore)} of {Text(budget.Restore)}{Late(restore, budget.Restore)}.";

    private static string Late(TimeSpan took, TimeSpan budget) => took > budget ? $" ({Text(took - budget)} too late)" : "";

    private static RehearsalJudgement Fail(string reason) => new(Verdict.Fail, reason);
}
