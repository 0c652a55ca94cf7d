using Assay.Releases.Canaries;
using Assay.Releases.Files;

namespace Assay.Releases.Rollbacks;

/// <summary>How far a rollback is.</summary>
internal enum RollbackStage
{
    /// <summary>Nobody wants one; the card says how it would be done.</summary>
    Armed,

    /// <summary>It is wanted: traffic is to go to 0, and whoever reads this sees to it.</summary>
    Wanted,

    /// <summary>Traffic reads 0; the records do not say so yet.</summary>
    Zero,

    /// <summary>Traffic reads 0 and store and ledger say so. The end.</summary>
    Recorded,
}

/// <summary>
/// All that a rollback needs, as a file of its own beside the store: written when a canary begins, so that traffic can be taken away while store, hub, metrics
/// and catalog are all down. Once it is wanted it stays so until it is done.
/// </summary>
internal sealed record RollbackCard
{
    /// <summary>The release.</summary>
    public required ReleaseId Release { get; init; }

    /// <summary>Its service.</summary>
    public required string Service { get; init; }

    /// <summary>What moves its traffic.</summary>
    public required SplitEntry Split { get; init; }

    /// <summary>How far it is.</summary>
    public RollbackStage Stage { get; init; }

    /// <summary>Why; empty while nobody wants it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who wants it.</summary>
    public string Actor { get; init; } = "";

    /// <summary>When the card came to its stage.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was wanted; null before.</summary>
    public DateTimeOffset? WantedAt { get; init; }

    /// <summary>When traffic read 0; null before.</summary>
    public DateTimeOffset? ZeroAt { get; init; }

    /// <summary>The state that was decided, for the records; null when a person wants it: then it is made of what is stored.</summary>
    public CanaryState? Decided { get; init; }

    /// <summary>Whether a flag of this card is off whatever anything else says: until the records say it.</summary>
    public bool IsInForce => Stage is RollbackStage.Wanted or RollbackStage.Zero;
}
