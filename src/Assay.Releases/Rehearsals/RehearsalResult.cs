namespace Assay.Releases.Rehearsals;

/// <summary>What a rehearsal came to; with <c>--json</c> and in <c>rehearsals.json</c>.</summary>
/// <param name="Scenario">What was broken.</param>
/// <param name="Time">Which time of those that were asked for, from 1.</param>
/// <param name="At">When the fault came about.</param>
/// <param name="Verdict">Pass: found and restored within the budget; otherwise Fail.</param>
/// <param name="Reason">Why, in sentences.</param>
internal sealed record RehearsalResult(string Scenario, int Time, DateTimeOffset At, Verdict Verdict, string Reason)
{
    /// <summary>From the fault until the rollback was decided, in seconds; null when it was not.</summary>
    public double? DetectSeconds { get; init; }

    /// <summary>From the fault until all was well again, in seconds; null when it was not.</summary>
    public double? RestoreSeconds { get; init; }

    /// <summary>What was allowed until the rollback was decided, in seconds.</summary>
    public double BudgetDetectSeconds { get; init; }

    /// <summary>What was allowed until all was well again, in seconds.</summary>
    public double BudgetRestoreSeconds { get; init; }

    /// <summary>What found it.</summary>
    public IReadOnlyList<RehearsalFinding> FoundBy { get; init; } = [];

    /// <summary>The metrics of which one was to find it.</summary>
    public IReadOnlyList<string> ExpectedBy { get; init; } = [];

    /// <summary>Why the candidate was rolled back, in the controller's words; empty when it was not.</summary>
    public string RollbackReason { get; init; } = "";

    /// <summary>Looks before the fault; none of them took anything back, or the verdict says so.</summary>
    public int LooksBefore { get; init; }

    /// <summary>Looks from the fault to the one that decided.</summary>
    public int LooksAfter { get; init; }

    /// <summary>Questions from the fault until all was well again.</summary>
    public AskedQuestions Questions { get; init; } = new(0, 0, 0, 0);

    /// <summary>What the figures teach.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>What people learned, in their words.</summary>
    public IReadOnlyList<string> Lessons { get; init; } = [];

    /// <summary>The result of what was measured.</summary>
    public static RehearsalResult Of(RehearsalScenario scenario, int time, RehearsalBudget budget, RehearsalMeasures measures)
    {
        var judgement = RehearsalJudgement.Of(measures, budget);
        var decided = RehearsalLessons.DecidedBy(measures);
        return new RehearsalResult(scenario.Name, time, measures.FaultAt, judgement.Verdict, judgement.Reason)
        {
            DetectSeconds = Seconds(measures.Detect),
            RestoreSeconds = Seconds(measures.Restore),
            BudgetDetectSeconds = budget.Detect.TotalSeconds,
            BudgetRestoreSeconds = budget.Restore.TotalSeconds,
            FoundBy = measures.Detect is null ? [] : RehearsalFinding.Of(decided),
            ExpectedBy = scenario.FoundBy,
            RollbackReason = measures.Reason,
            LooksBefore = measures.Looks.Count(l => l.At < measures.FaultAt),
            LooksAfter = decided is null ? 0 : measures.Looks.Count(l => l.At >= measures.FaultAt && l.At <= decided.At),
            Questions = measures.During,
            Facts = RehearsalLessons.Of(scenario, measures),
        };
    }

    private static double? Seconds(TimeSpan? time) => time is { } t ? Math.Round(t.TotalSeconds, 3) : null;
}

/// <summary>All rehearsals of a command.</summary>
/// <param name="Assay">The version of the controller.</param>
/// <param name="At">When they began.</param>
/// <param name="Verdict">Fail when one failed.</param>
/// <param name="Results">In the order in which they were.</param>
internal sealed record RehearsalReport(string Assay, DateTimeOffset At, Verdict Verdict, IReadOnlyList<RehearsalResult> Results)
{
    public static RehearsalReport Of(string assay, DateTimeOffset at, IReadOnlyList<RehearsalResult> results) =>
        new(assay, at, results.Count > 0 && results.All(r => r.Verdict == Verdict.Pass) ? Verdict.Pass : Verdict.Fail, results);
}
