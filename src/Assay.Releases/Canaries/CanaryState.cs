using Assay.Releases.Canaries.Judging;
using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>How far a canary is.</summary>
internal enum CanaryPhase
{
    /// <summary>It is on a step, or on its way to the first.</summary>
    Running,

    /// <summary>It is to have no traffic; that is not confirmed yet.</summary>
    RollingBack,

    /// <summary>It has no traffic. The end.</summary>
    RolledBack,

    /// <summary>It has all traffic. Only a rollback comes after.</summary>
    Promoted,
}

/// <summary>
/// A canary as it is stored, under its release's id in <see cref="CanaryBook.States"/>: all that a controller needs to go on after a crash. It carries the file's section as it was at
/// the start: a file that is edited meanwhile changes nothing.
/// </summary>
internal sealed record CanaryState
{
    /// <summary>The release.</summary>
    public required ReleaseId Release { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The candidate's commit; empty when unknown.</summary>
    public string Commit { get; init; } = "";

    /// <summary>The file's section.</summary>
    public required CanaryEntry File { get; init; }

    /// <summary>Who started it.</summary>
    public required string Actor { get; init; }

    /// <summary>Why it was started without an open gate; null when the gate was open.</summary>
    public string? Forced { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How far it is.</summary>
    public CanaryPhase Phase { get; init; }

    /// <summary>The step, from 0.</summary>
    public int Step { get; init; }

    /// <summary>The canary's share of traffic as last confirmed, in percent.</summary>
    public decimal Percent { get; init; }

    /// <summary>A move of traffic that was decided and is not confirmed yet; null for none.</summary>
    public CanaryMove? Move { get; init; }

    /// <summary>When the step began: its traffic was confirmed.</summary>
    public DateTimeOffset StepSince { get; init; }

    /// <summary>Time spent on the step under observation; see <see cref="CanaryClock"/>.</summary>
    public TimeSpan OnStep { get; init; }

    /// <summary>Looks at the step so far.</summary>
    public int Look { get; init; }

    /// <summary>Requests of the canary on the step as of the last look.</summary>
    public long Requests { get; init; }

    /// <summary>When it was last looked at.</summary>
    public DateTimeOffset LookedAt { get; init; }

    /// <summary>Looks in a row after which something but an approval was still open.</summary>
    public int Undecided { get; init; }

    /// <summary>Steps that were left by order and not by proof.</summary>
    public int Waived { get; init; }

    /// <summary>What the last look, or the last order, came to.</summary>
    public Verdict Verdict { get; init; } = Verdict.NoData;

    /// <summary>Why, in sentences.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The metrics at the last look.</summary>
    public IReadOnlyList<MetricJudgement> Judgements { get; init; } = [];

    /// <summary>What the ledger was not told yet, in order; a handful, at the end some more: a piece of evidence for each metric.</summary>
    public IReadOnlyList<CanaryNote> Notes { get; init; } = [];

    /// <summary>The fence of the lease under which it was last written.</summary>
    public long Fence { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether a controller has something to do.</summary>
    public bool IsActive => Phase is CanaryPhase.Running or CanaryPhase.RollingBack || Notes.Count > 0;

    /// <summary>The percentage of the step it is on or on its way to.</summary>
    public decimal Wanted => Move?.Percent ?? Percent;

    /// <summary>The plan under which it runs.</summary>
    public CanaryPlan Plan() => CanaryPlanReading.Of(Release, Service, File);
}

/// <summary>A move of traffic.</summary>
/// <param name="Step">The step it leads to; that of now for a rollback.</param>
/// <param name="Percent">The canary's share.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who: a person or <c>assay canary</c>.</param>
internal sealed record CanaryMove(int Step, decimal Percent, string Reason, string Actor)
{
    /// <summary>Who moves traffic when nobody told to.</summary>
    public const string Controller = "assay canary";
}
