using Assay.Releases.Canaries;

namespace Assay.Releases.Rehearsals;

/// <summary>What a rehearsal saw.</summary>
/// <param name="FaultAt">When the fault came about: for a candidate that is broken from the beginning, when it was given traffic.</param>
internal sealed record RehearsalMeasures(DateTimeOffset FaultAt)
{
    /// <summary>From the fault until the rollback was decided; null when it was not.</summary>
    public TimeSpan? Detect { get; init; }

    /// <summary>From the fault until those whom the candidate answered were answered well again; null when they were not.</summary>
    public TimeSpan? Restore { get; init; }

    /// <summary>Why the candidate was rolled back before the fault; null when it was not.</summary>
    public string? RolledBackBefore { get; init; }

    /// <summary>The looks of the canary, the oldest first.</summary>
    public IReadOnlyList<CanaryLook> Looks { get; init; } = [];

    /// <summary>Why it was rolled back, in the controller's words; empty when it was not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Questions from the fault until the rollback was decided.</summary>
    public AskedQuestions Found { get; init; } = new(0, 0, 0, 0);

    /// <summary>Questions from the fault until all was well again.</summary>
    public AskedQuestions During { get; init; } = new(0, 0, 0, 0);

    /// <summary>Questions of the whole rehearsal that were not asked, since too many waited for their answers.</summary>
    public long NotAsked { get; init; }
}

/// <summary>Questions that users asked in a time, and those of them that were hurt: failed, or answered later than a user waits.</summary>
/// <param name="Control">Questions of control.</param>
/// <param name="Candidate">Questions of the candidate.</param>
/// <param name="HurtOfControl">Those of control that were hurt.</param>
/// <param name="HurtOfCandidate">Those of the candidate that were hurt.</param>
internal sealed record AskedQuestions(long Control, long Candidate, long HurtOfControl, long HurtOfCandidate)
{
    /// <summary>What was asked since an earlier count.</summary>
    public AskedQuestions Since(AskedQuestions earlier) =>
        new(Control - earlier.Control, Candidate - earlier.Candidate, HurtOfControl - earlier.HurtOfControl, HurtOfCandidate - earlier.HurtOfCandidate);
}
