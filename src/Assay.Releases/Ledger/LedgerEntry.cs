namespace Assay.Releases.Ledger;

/// <summary>What happened in a release.</summary>
internal enum LedgerKind
{
    /// <summary>The release file and the candidate, as they were when it began.</summary>
    Opened,

    /// <summary>A piece of <see cref="Assay.Evidence"/>.</summary>
    Evidence,

    /// <summary>What the gate came to.</summary>
    Gate,

    /// <summary>Somebody approved, signed.</summary>
    Approval,

    /// <summary>A canary began.</summary>
    CanaryStarted,

    /// <summary>A look at a canary and what it came to.</summary>
    Look,

    /// <summary>Traffic moved to another step.</summary>
    Step,

    /// <summary>All traffic is the candidate's.</summary>
    Promoted,

    /// <summary>No traffic is the candidate's.</summary>
    RolledBack,

    /// <summary>A rehearsal of the rollback.</summary>
    Rehearsal,

    /// <summary>A deployment, told by a pipeline.</summary>
    Deployed,
}

/// <summary>Something to be written into the ledger.</summary>
/// <param name="Release">The release's id, <c>name@version</c>: 1 to 129 of <c>a-z A-Z 0-9 _ - . + @</c>.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Key">Told once: a second entry of the release with the key of an earlier one changes nothing. 1 to 200 characters.</param>
/// <param name="Actor">Who: a person, or <c>assay</c>. 1 to 200 characters.</param>
/// <param name="At">When.</param>
/// <param name="Body">UTF-8 JSON of one object, at most 256 KiB; white space between its parts is not kept. Empty in a link whose body an export left out.</param>
internal sealed record LedgerEntry(string Release, LedgerKind Kind, string Key, string Actor, DateTimeOffset At, ReadOnlyMemory<byte> Body)
{
    /// <summary>The largest body, in bytes.</summary>
    public const int LargestBody = 256 << 10;

    /// <summary>How deep a body may be nested.</summary>
    public const int DeepestBody = 32;

    /// <summary>Characters of a release's id: name, <c>@</c>, version.</summary>
    public const int LongestRelease = 129;

    /// <summary>Characters of a key, and of an actor.</summary>
    public const int LongestName = 200;
}

/// <summary>
/// A link of the chain. <see cref="Hash"/> is the SHA-256 over <see cref="Previous"/> and everything else but the body, for which <see cref="BodyHash"/> stands:
/// an export may leave a body out and still be checked.
/// </summary>
/// <param name="Number">1 for the first, one more each.</param>
/// <param name="Previous">The hash of the link before; 64 zeros for the first.</param>
/// <param name="Entry">What happened.</param>
/// <param name="BodyHash">SHA-256 of the body, 64 hexadecimal digits.</param>
/// <param name="Hash">64 hexadecimal digits.</param>
internal sealed record LedgerLink(long Number, string Previous, LedgerEntry Entry, string BodyHash, string Hash);
