using Assay.Releases.Files;
using Assay.Releases.Ledger;
using Assay.Server.Hosting;
using Assay.Server.Overview;
using Assay.Server.Releases.Pages;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases;

/// <summary>What moved releases lately: gates, steps of canaries, promotions and rollbacks.</summary>
internal sealed class ReleaseHappenings(StoredLedger ledger, HubOptions options) : IHappenings
{
    // Those that began last; the page of releases has all.
    private const int MostReleases = 10;

    public async Task<IReadOnlyList<Happening>> ListAsync(TimeWindow window, string? service, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var found = new List<Happening>();
            foreach (var id in (await ledger.ReleasesAsync(cancellationToken)).Where(Of(service)).Take(MostReleases))
            {
                var moved = await ledger.LatestAsync(id, ReleaseState.Moving, limit, cancellationToken);
                found.AddRange(moved.Where(l => l.Entry.At >= window.From && l.Entry.At < window.Before).Select(Of));
            }

            return found;
        }
        catch (AssayException)
        {
            // A ledger that was damaged is told by the page of releases; the overview has other things to tell.
            return [];
        }
    }

    private Func<string, bool> Of(string? service)
    {
        if (service is null)
        {
            return _ => true;
        }

        var names = ReleaseCatalog.Read(options.CatalogFolder).Where(f => f.Service == service).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return id => ReleaseId.TryRead(id) is { } release && names.Contains(release.Name);
    }

    private static Happening Of(LedgerLink link) =>
        new(
            link.Entry.At,
            LedgerTexts.IconOf(link),
            link.Entry.Release,
            ReleaseTexts.Address(link.Entry.Release),
            LedgerTexts.Of(link),
            Phrase.Same(LedgerWords.Reason(link))
        );
}
