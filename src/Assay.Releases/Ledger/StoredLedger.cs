using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Assay.Stores;

namespace Assay.Releases.Ledger;

/// <summary>
/// The ledger as documents: a link each in <see cref="Links"/>, its key the number, its time the number again, so that order never follows a clock. A second collection
/// tells where a release's keys are. The place of a key is written before the link: a process that dies between the two leaves a place that leads to another link or to none,
/// which is seen and written anew; a link without a place there never is. Safe for several threads, and for several processes where the store is.
/// </summary>
internal sealed class StoredLedger(IDocumentStore documents) : ILedger, IDisposable
{
    /// <summary>The collection of links.</summary>
    public const string Links = "release_ledger";

    /// <summary>Where a release's links are: keys <c>release/SHA-256 of the key</c>, the kind of the link as their JSON, its number as their time.</summary>
    public const string Places = "release_ledger_keys";

    /// <summary>The releases that have links.</summary>
    public const string Releases = "release_ledger_releases";

    /// <summary>The most releases that are listed.</summary>
    public const int MostReleases = 1_000;

    // Of the largest links these are 50 MiB: a listing of the store holds 64.
    private const int PageSize = 200;

    // Another writer took the number each time; writers wait for each other within a process, and there is one process at a time but in a cluster.
    private const int MostTries = 100;

    // Releases whose place among the releases is known to be written; forgotten together when there are so many.
    private const int MostKnown = 10_000;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private LedgerLink? head;

    /// <inheritdoc/>
    public async Task<LedgerLink> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var made = LedgerBody.Made(entry);
        await turn.WaitAsync(cancellationToken);
        try
        {
            await NoteReleaseAsync(made.Release, cancellationToken);
            for (var tries = 0; tries < MostTries; tries++)
            {
                if (await TryAppendAsync(made, cancellationToken) is { } link)
                {
                    return link;
                }

                head = null;
            }
        }
        finally
        {
            turn.Release();
        }

        throw AssayException.Infrastructure("The ledger could not be written to: others were faster each time.", "Send it again in a second.");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerLink>> ReadAsync(string? release, long after, int limit, CancellationToken cancellationToken)
    {
        var found = new List<LedgerLink>();
        var links = release is null ? AllAsync(after, cancellationToken) : OfAsync(release, after, cancellationToken);
        await foreach (var link in links)
        {
            found.Add(link);
            if (found.Count >= Math.Clamp(limit, 1, 10_000))
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The newest links of a release, in order; those of other kinds are not even read.</summary>
    /// <param name="release">Its id.</param>
    /// <param name="kinds">Only of these kinds.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IReadOnlyList<LedgerLink>> LatestAsync(
        string release,
        IReadOnlyCollection<LedgerKind> kinds,
        int most,
        CancellationToken cancellationToken
    )
    {
        var names = kinds.Select(kind => $"\"{LedgerLine.NameOf(kind)}\"").ToHashSet(StringComparer.Ordinal);
        var found = new List<LedgerLink>();
        var before = DateTimeOffset.MaxValue;
        while (found.Count < most)
        {
            var page = await documents.ListAsync(
                new DocumentQuery(Places)
                {
                    KeyPrefix = release + "/",
                    Before = before,
                    Limit = PageSize,
                },
                cancellationToken
            );
            foreach (var place in page.Where(p => names.Contains(Encoding.UTF8.GetString(p.Json.Span))))
            {
                if (found.Count < most && await FollowAsync(place, cancellationToken) is { } link)
                {
                    found.Add(link);
                }
            }

            if (page.Count < PageSize)
            {
                break;
            }

            before = page[^1].At;
        }

        found.Reverse();
        return found;
    }

    /// <summary>Ids of releases that have links, the one that began last first; at most <see cref="MostReleases"/>.</summary>
    public async Task<IReadOnlyList<string>> ReleasesAsync(CancellationToken cancellationToken) =>
        [.. (await documents.ListAsync(new DocumentQuery(Releases) { Limit = MostReleases }, cancellationToken)).Select(d => d.Key)];

    /// <summary>The last link; null for an empty ledger.</summary>
    public async Task<LedgerLink?> HeadAsync(CancellationToken cancellationToken)
    {
        var last = await documents.ListAsync(new DocumentQuery(Links) { Limit = 1 }, cancellationToken);
        return last.Count == 0 ? null : Read(last[0]);
    }

    /// <summary>Every line of the chain as it is stored, in order; damage included, for whoever checks it.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var query = new DocumentQuery(Links)
            {
                From = TimeOf(after + 1),
                NewestFirst = false,
                Limit = PageSize,
            };
            var page = await documents.ListAsync(query, cancellationToken);
            foreach (var document in page)
            {
                yield return document.Json;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = NumberOf(page[^1].At);
        }
    }

    /// <summary>The chain as an export holds it.</summary>
    /// <param name="release">Bodies of other releases are left out; null leaves all in.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AssayException">A link is damaged (exit code 4): a broken chain is not handed on.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ExportAsync(string? release, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var check = new ChainCheck();
        await foreach (var line in LinesAsync(0, cancellationToken))
        {
            if (!check.Take(line))
            {
                throw Damaged(check.End().Reason);
            }

            yield return release is null || check.Link!.Entry.Release == release ? line : LedgerLine.Write(check.Link, withBody: false);
        }
    }

    /// <summary>Takes links of an export in: into an empty ledger, or those that continue the chain. They may begin anywhere up to the link behind the last.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="cancellationToken">Ends the work; what was taken in stays, and is a whole chain.</param>
    /// <returns>How many were new.</returns>
    /// <exception cref="AssayException">The chain is broken, or another than this ledger's (exit code 2).</exception>
    public async Task<ImportReport> ImportAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        ChainCheck? check = null;
        var (added, there) = (0L, 0L);
        await turn.WaitAsync(cancellationToken);
        try
        {
            head = await HeadAsync(cancellationToken);
            await foreach (var line in lines.WithCancellation(cancellationToken))
            {
                check ??= await BeginAsync(line, cancellationToken);
                var link = check.Take(line)
                    ? check.Link!
                    : throw AssayException.Usage(check.End().Reason, $"{added} links before it were taken in. Export the ledger anew.");
                if (link.Number <= (head?.Number ?? 0))
                {
                    await DemandSameAsync(link, cancellationToken);
                    there++;
                    continue;
                }

                await TakeInAsync(link, cancellationToken);
                added++;
            }
        }
        finally
        {
            turn.Release();
        }

        return new ImportReport(added, there, head?.Number ?? 0, head?.Hash ?? LedgerHash.None);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<LedgerLink?> TryAppendAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var place = await documents.GetAsync(Places, PlaceOf(entry), cancellationToken);
        if (place is not null && await FollowAsync(place, cancellationToken) is { } there && there.Entry.Key == entry.Key)
        {
            return there;
        }

        head ??= await HeadAsync(cancellationToken);
        var link = LedgerHash.Link((head?.Number ?? 0) + 1, head?.Hash ?? LedgerHash.None, entry);
        return await PutPlaceAsync(link, place?.Version ?? 0, cancellationToken) && await PutLinkAsync(link, LedgerLine.Write(link), cancellationToken)
            ? head = link
            : null;
    }

    private async Task<ChainCheck> BeginAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        var number = LedgerLine.TryRead(line)?.Number ?? 1;
        var before = number > 1 ? await FindAsync(number - 1, cancellationToken) : null;
        return number > 1 && before is null
            ? throw AssayException.Usage(
                $"The first link is {number}, and this ledger ends with {head?.Number ?? 0}.",
                "Export the ledger anew: the links between are missing."
            )
            : new ChainCheck(after: before);
    }

    private async Task TakeInAsync(LedgerLink link, CancellationToken cancellationToken)
    {
        await NoteReleaseAsync(link.Entry.Release, cancellationToken);
        var place = await documents.GetAsync(Places, PlaceOf(link.Entry), cancellationToken);
        var isFollowing = link.Number == (head?.Number ?? 0) + 1 && link.Previous == (head?.Hash ?? LedgerHash.None);
        if (
            !isFollowing
            || !await PutPlaceAsync(link, place?.Version ?? 0, cancellationToken)
            || !await PutLinkAsync(link, LedgerLine.Write(link), cancellationToken)
        )
        {
            throw AssayException.Usage(
                $"Link {link.Number} does not follow the last link of this ledger.",
                "Somebody wrote meanwhile, or it is another ledger: look with `assay release verify`."
            );
        }

        head = link;
    }

    private async Task DemandSameAsync(LedgerLink link, CancellationToken cancellationToken)
    {
        if ((await FindAsync(link.Number, cancellationToken))?.Hash != link.Hash)
        {
            throw AssayException.Usage(
                $"Link {link.Number} of the file is another than that of this ledger: they are two ledgers.",
                "Import into an empty data folder, or export from the ledger that this one came from."
            );
        }
    }

    private async Task NoteReleaseAsync(string release, CancellationToken cancellationToken)
    {
        if (known.Contains(release))
        {
            return;
        }

        await documents.PutAsync(new DocumentWrite(Releases, release, "{}"u8.ToArray()) { ExpectedVersion = 0 }, cancellationToken);
        if (known.Count == MostKnown)
        {
            known.Clear();
        }

        known.Add(release);
    }

    private async Task<bool> PutPlaceAsync(LedgerLink link, long version, CancellationToken cancellationToken)
    {
        var json = Encoding.UTF8.GetBytes($"\"{LedgerLine.NameOf(link.Entry.Kind)}\"");
        var write = new DocumentWrite(Places, PlaceOf(link.Entry), json) { ExpectedVersion = version, At = TimeOf(link.Number) };
        return (await documents.PutAsync(write, cancellationToken)).Done;
    }

    private async Task<bool> PutLinkAsync(LedgerLink link, byte[] line, CancellationToken cancellationToken)
    {
        var write = new DocumentWrite(Links, KeyOf(link.Number), line) { ExpectedVersion = 0, At = TimeOf(link.Number) };
        return (await documents.PutAsync(write, cancellationToken)).Done;
    }

    private async IAsyncEnumerable<LedgerLink> AllAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(after, cancellationToken))
        {
            yield return LedgerLine.TryRead(line) ?? throw Damaged("A link cannot be read.");
        }
    }

    private async IAsyncEnumerable<LedgerLink> OfAsync(string release, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var query = new DocumentQuery(Places)
            {
                KeyPrefix = release + "/",
                From = TimeOf(after + 1),
                NewestFirst = false,
                Limit = PageSize,
            };
            var page = await documents.ListAsync(query, cancellationToken);
            foreach (var place in page)
            {
                if (await FollowAsync(place, cancellationToken) is { } link)
                {
                    yield return link;
                }
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = NumberOf(page[^1].At);
        }
    }

    // The link that a place leads to; null when a process died before it wrote that.
    private async Task<LedgerLink?> FollowAsync(Document place, CancellationToken cancellationToken) =>
        await FindAsync(NumberOf(place.At), cancellationToken) is { } link && PlaceOf(link.Entry) == place.Key ? link : null;

    private async Task<LedgerLink?> FindAsync(long number, CancellationToken cancellationToken) =>
        await documents.GetAsync(Links, KeyOf(number), cancellationToken) is { } found ? Read(found) : null;

    private static LedgerLink Read(Document document) => LedgerLine.TryRead(document.Json) ?? throw Damaged($"Link {document.Key} cannot be read.");

    private static AssayException Damaged(string problem) =>
        AssayException.Infrastructure(
            problem,
            "The ledger was changed from outside: `assay release verify` says where. Restore a backup with `assay data restore`."
        );

    private static string KeyOf(long number) => number.ToString("d12", CultureInfo.InvariantCulture);

    private static string PlaceOf(LedgerEntry entry) => $"{entry.Release}/{LedgerHash.Of(Encoding.UTF8.GetBytes(entry.Key))}";

    private static DateTimeOffset TimeOf(long number) => DateTimeOffset.UnixEpoch.AddMilliseconds(number);

    private static long NumberOf(DateTimeOffset at) => (long)Math.Round((at - DateTimeOffset.UnixEpoch).TotalMilliseconds);
}

/// <summary>What an import did.</summary>
/// <param name="Added">Links that were new.</param>
/// <param name="There">Links that were there already.</param>
/// <param name="Links">Links of the ledger now.</param>
/// <param name="Head">The hash of the last of them.</param>
internal sealed record ImportReport(long Added, long There, long Links, string Head);
