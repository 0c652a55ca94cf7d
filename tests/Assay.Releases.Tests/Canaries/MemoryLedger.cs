using Assay.Releases.Ledger;

namespace Assay.Releases.Tests.Canaries;

/// <summary>A ledger in memory: a key is told once.</summary>
internal sealed class MemoryLedger : ILedger
{
    private readonly List<LedgerLink> links = [];

    public IReadOnlyList<LedgerLink> Links => links;

    public bool IsDown { get; set; }

    public Task<LedgerLink> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            return Task.FromException<LedgerLink>(AssayException.Infrastructure("The ledger is gone.", "Put it back."));
        }

        if (links.Find(l => l.Entry.Key == entry.Key && l.Entry.Release == entry.Release) is { } there)
        {
            return Task.FromResult(there);
        }

        var link = new LedgerLink(links.Count + 1, "", entry, "", "");
        links.Add(link);
        return Task.FromResult(link);
    }

    public Task<IReadOnlyList<LedgerLink>> ReadAsync(string? release, long after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LedgerLink>>([.. links.Where(l => l.Number > after && (release is null || l.Entry.Release == release)).Take(limit)]);
}
