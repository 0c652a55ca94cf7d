namespace Assay.Releases.Ledger;

/// <summary>The ledger of all releases of a data folder: one chain, append-only.</summary>
internal interface ILedger
{
    /// <summary>Appends an entry; on disk when the task completes. An entry whose key its release has already is answered by the link that it has.</summary>
    /// <exception cref="AssayException">The entry breaks a bound (exit code 2); the disk is full (exit code 4).</exception>
    Task<LedgerLink> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken);

    /// <summary>Links of a release, or of all, in order.</summary>
    /// <param name="release">The release's id; null for all.</param>
    /// <param name="after">Links after this number.</param>
    /// <param name="limit">At most so many, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<IReadOnlyList<LedgerLink>> ReadAsync(string? release, long after, int limit, CancellationToken cancellationToken);
}
