using System.Text;
using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;

namespace Assay.Server.Releases;

/// <summary>Evidence that the ledger itself holds: how canaries ended. Everything else is asked of others.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="others">Where other evidence is.</param>
internal sealed class LedgerEvidence(StoredLedger ledger, IEvidenceSource others) : IEvidenceSource
{
    // Versions of a release that are looked through, the one that began last first, and links of evidence of each: a canary leaves some twenty, and gates after it some more.
    private const int MostVersions = 200;
    private const int MostLinks = 500;

    /// <inheritdoc/>
    public Task<NeededEvidence> FindAsync(NeedEntry need, GateCandidate candidate, CancellationToken cancellationToken) =>
        need.Canary is { } canary ? OfCanaryAsync(need, canary, candidate, cancellationToken) : others.FindAsync(need, candidate, cancellationToken);

    private async Task<NeededEvidence> OfCanaryAsync(NeedEntry need, string name, GateCandidate candidate, CancellationToken cancellationToken)
    {
        var ended = new List<EndedCanary>();
        foreach (var release in await VersionsAsync(name, candidate, cancellationToken))
        {
            ended.AddRange(await EndsAsync(release, name, cancellationToken));
        }

        var its = ended.FindAll(e => candidate.IsOf(e.End.Subject.Commit));
        if ((its.Count > 0 ? its : ended).MaxBy(e => e.End.At) is not { } latest)
        {
            return NeededEvidence.None(need.Title, $"No canary of '{name}' has ended. Begin one: assay canary start {name}");
        }

        return new NeededEvidence(need.Title, $"canary of {latest.Release}", [.. latest.Pieces.Select(p => new EvidencePiece(p))])
        {
            Deciding = [CanaryEvidence.MetricOf(name)],
            MustNameCommit = true,
            Notes = its.Count > 1 ? [$"{its.Count} canaries of this candidate ended; the latest counts, whatever it came to."] : [],
        };
    }

    // Who names no commit is known by the version alone: another version is another candidate.
    private async Task<IEnumerable<ReleaseId>> VersionsAsync(string name, GateCandidate candidate, CancellationToken cancellationToken) =>
        (await ledger.ReleasesAsync(cancellationToken))
            .Select(ReleaseId.TryRead)
            .OfType<ReleaseId>()
            .Where(id => id.Name == name && (candidate.Commit.Length > 0 || id.Version == candidate.Release.Version))
            .Take(MostVersions);

    /// <summary>Each time that the canary of a release ended: it may be promoted, and rolled back afterwards.</summary>
    private async Task<IEnumerable<EndedCanary>> EndsAsync(ReleaseId release, string name, CancellationToken cancellationToken)
    {
        var metric = CanaryEvidence.MetricOf(name);
        var links = await ledger.LatestAsync(release.ToString(), [LedgerKind.Evidence], MostLinks, cancellationToken);
        return links
            .Select(Read)
            .OfType<Evidence>()
            .Where(e => e.Metric == metric || e.Metric.StartsWith(metric + " ", StringComparison.Ordinal))
            .GroupBy(e => e.At)
            .Where(g => g.Any(e => e.Metric == metric))
            .Select(g => new EndedCanary(release, g.First(e => e.Metric == metric), [.. g]));
    }

    // An imported ledger may hold a link without a body, and one that somebody else wrote: it is no evidence.
    private static Evidence? Read(LedgerLink link)
    {
        try
        {
            return link.Entry.Body.IsEmpty ? null : Evidence.Parse(Encoding.UTF8.GetString(link.Entry.Body.Span));
        }
        catch (AssayException)
        {
            return null;
        }
    }

    private sealed record EndedCanary(ReleaseId Release, Evidence End, IReadOnlyList<Evidence> Pieces);
}
