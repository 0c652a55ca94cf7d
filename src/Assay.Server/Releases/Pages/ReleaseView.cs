using Assay.Releases.Approvals;
using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Releases.Rollbacks;

namespace Assay.Server.Releases.Pages;

/// <summary>All that the page of a release shows.</summary>
/// <param name="Id">The release.</param>
internal sealed record ReleaseView(ReleaseId Id)
{
    /// <summary>The release file as it is now; null when there is none, or it is wrong.</summary>
    public ReleaseFile? File { get; init; }

    /// <summary>The canary; null when none began.</summary>
    public CanaryState? State { get; init; }

    /// <summary>Its plan; null when none began.</summary>
    public CanaryPlan? Plan { get; init; }

    /// <summary>The rollback; null when nobody wants one.</summary>
    public RollbackStatus? Rollback { get; init; }

    /// <summary>Why traffic could not be moved the last time that it was tried; null when it could.</summary>
    public string? MoveFault { get; init; }

    /// <summary>The newest version of the release whose canary began after this one: it has the traffic now. Null when this is the newest.</summary>
    public ReleaseId? Later { get; init; }

    /// <summary>Remembered looks, the oldest first.</summary>
    public IReadOnlyList<CanaryLook> Looks { get; init; } = [];

    /// <summary>Links that move the release, in order.</summary>
    public IReadOnlyList<LedgerLink> Moves { get; init; } = [];

    /// <summary>Links to list, in order.</summary>
    public IReadOnlyList<LedgerLink> Links { get; init; } = [];

    /// <summary>The newest decision of the gate; null for none.</summary>
    public GateDecision? Gate { get; init; }

    /// <summary>Who approved that traffic may move at all.</summary>
    public IReadOnlyList<CheckedApproval> GateApprovals { get; init; } = [];

    /// <summary>Who approved that all of it may.</summary>
    public IReadOnlyList<CheckedApproval> PromoteApprovals { get; init; } = [];

    /// <summary>Rehearsals of all versions of this release, the newest first.</summary>
    public IReadOnlyList<LedgerLink> Rehearsals { get; init; } = [];

    /// <summary>Whether the chain is whole; null while that takes longer than a reader waits.</summary>
    public CheckedChain? Chain { get; init; }

    /// <summary>Why the ledger cannot be read; null when it can.</summary>
    public AssayException? Fault { get; init; }

    /// <summary>Whether anything is known of it.</summary>
    public bool Exists => State is not null || Moves.Count > 0 || Links.Count > 0;

    /// <summary>How far the canary is, by what is on disk of its rollback too.</summary>
    public CanaryPhase? Phase =>
        State is null ? null
        : Rollback is { Stage: RollbackStage.Wanted or RollbackStage.Zero } && State.Phase != CanaryPhase.RolledBack ? CanaryPhase.RollingBack
        : State.Phase;

    /// <summary>Whether its traffic can be taken away; what a later version has is not this one's.</summary>
    public bool CanRollBack => Later is null && Phase is CanaryPhase.Running or CanaryPhase.Promoted;

    /// <summary>Approvals that the last step needs.</summary>
    public int PromoteNeeded => State?.File.Approvals ?? File?.Canary?.Approvals ?? 0;

    /// <summary>Approvals that the last step lacks, when it is the next.</summary>
    public int PromoteLacking =>
        State is { } state && Plan is { } plan && state.Step + 1 == plan.Steps.Count - 1
            ? Math.Max(0, plan.File.Approvals - PromoteApprovals.Count(a => a.Counts))
            : 0;

    /// <summary>The newest link of a kind; null for none.</summary>
    public LedgerLink? Last(LedgerKind kind) => Moves.LastOrDefault(l => l.Entry.Kind == kind);
}
