using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Assay.Cli.Hubs;
using Assay.Embedded;
using Assay.Evaluation.Storing;
using Assay.Experimentation.Analysis.Looks;
using Assay.Observability.Slos;
using Assay.Releases.Approvals;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Releases.Rehearsals;
using Assay.Server.Hosting;
using Assay.Server.Releases;
using Assay.Server.Slos;

namespace Assay.Cli.Releasing;

/// <summary>Where releases are decided: at the hub while one holds the data folder, else in the folder itself with the files of the catalog; without both a gate decides by what is handed in.</summary>
internal sealed class ReleaseSource : IAsyncDisposable
{
    // Who did something without a hub: the command, on this machine.
    private const string Actor = "command";

    // Links that are handed in at once: a hub writes them in some seconds.
    private const int ImportedAtOnce = 500;

    private readonly HubClient? hub;
    private readonly EmbeddedStore? store;
    private readonly StoredLedger? ledger;
    private readonly ReleaseDesk? desk;

    private ReleaseSource(HubClient hub) => this.hub = hub;

    private ReleaseSource(EmbeddedStore? store, StoredLedger? ledger, ReleaseDesk desk) => (this.store, this.ledger, this.desk) = (store, ledger, desk);

    /// <summary>Whether what is decided is kept.</summary>
    public bool HasLedger => hub is not null || ledger is not null;

    /// <summary>The hub, or the folder.</summary>
    /// <exception cref="AssayException">There is neither, or the folder cannot be opened (exit code 4).</exception>
    public static async Task<ReleaseSource> OpenAsync(
        HubChoice choice,
        string catalog,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    ) =>
        await TryOpenAsync(choice, catalog, surroundings, cancellationToken)
        ?? throw AssayException.Infrastructure(
            $"There is no data folder '{choice.DataFolder}'.",
            "Start a hub with `assay serve`, name its data folder with --data, or its address with --hub."
        );

    /// <summary>The hub, the folder, or nothing but what is handed in.</summary>
    /// <exception cref="AssayException">The folder cannot be opened (exit code 4).</exception>
    public static async Task<ReleaseSource> OpenAnyAsync(
        HubChoice choice,
        string catalog,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    ) =>
        await TryOpenAsync(choice, catalog, surroundings, cancellationToken)
        ?? new ReleaseSource(store: null, ledger: null, new ReleaseDesk(catalog, new NoRooms(), ledger: null, surroundings.Time));

    public Task<ReleaseList> ListAsync(CancellationToken cancellationToken) =>
        hub is null ? desk!.ListAsync(cancellationToken) : hub.GetAsync("/api/v1/releases", ReleasesJson.Default.ReleaseList, cancellationToken);

    public Task<GateAnswer> GateAsync(string name, GateRequest request, CancellationToken cancellationToken) =>
        hub is null
            ? desk!.GateAsync(name, request, Actor, cancellationToken)
            : hub.PostAsync(
                $"/api/v1/releases/{name}/gate",
                JsonContent.Create(request, ReleasesJson.Default.GateRequest),
                ReleasesJson.Default.GateAnswer,
                cancellationToken
            );

    /// <summary>What an approval must be signed for.</summary>
    public async Task<ApprovalTarget> TargetAsync(ReleaseId release, string scope, CancellationToken cancellationToken) =>
        hub is null
            ? ApprovalTarget.Of(await desk!.SubjectAsync(release, scope, cancellationToken))
            : await hub.GetAsync($"/api/v1/releases/{PathOf(release)}/approvals/{scope}", ReleasesJson.Default.ApprovalTarget, cancellationToken);

    public async Task<LinkDocument> ApproveAsync(Approval approval, CancellationToken cancellationToken) =>
        hub is null
            ? LinkDocument.Of(await desk!.ApproveAsync(approval, Actor, cancellationToken))
            : await hub.PostAsync(
                $"/api/v1/releases/{PathOf(ReleaseId.Read(approval.Release))}/approvals",
                JsonContent.Create(approval, ReleasesJson.Default.Approval),
                ReleasesJson.Default.LinkDocument,
                cancellationToken
            );

    /// <summary>Writes rehearsals of the rollback into the ledger.</summary>
    public async Task<LinkList> RehearsedAsync(ReleaseId release, IReadOnlyList<RehearsalNote> rehearsals, CancellationToken cancellationToken) =>
        hub is null
            ? LinkList.Of(await desk!.RehearsedAsync(release, rehearsals, Actor, cancellationToken))
            : await hub.PostAsync(
                $"/api/v1/releases/{PathOf(release)}/rehearsals",
                JsonContent.Create(new RehearsalHandIn(rehearsals), ReleasesJson.Default.RehearsalHandIn),
                ReleasesJson.Default.LinkList,
                cancellationToken
            );

    /// <summary>The lines of the chain.</summary>
    /// <param name="release">Bodies of other releases are left out; null: all as it is stored.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(ReleaseId? release, CancellationToken cancellationToken) =>
        hub is not null ? OfHubAsync(release, cancellationToken)
        : release is { } one ? ledger!.ExportAsync(one.ToString(), cancellationToken)
        : ledger!.LinesAsync(0, cancellationToken);

    /// <summary>Takes the lines of a checked export in.</summary>
    public async Task<ImportReport> ImportAsync(IEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        if (hub is null)
        {
            return await ledger!.ImportAsync(lines.ToAsyncEnumerable(), cancellationToken);
        }

        var all = new ImportReport(0, 0, 0, LedgerHash.None);
        foreach (var some in lines.Chunk(ImportedAtOnce))
        {
            var body = new ByteArrayContent([.. some.SelectMany(line => line.ToArray().Append((byte)'\n'))]);
            body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            var part = await hub.PostAsync("/api/v1/ledger", body, ReleasesJson.Default.ImportReport, cancellationToken);
            all = part with { Added = all.Added + part.Added, There = all.There + part.There };
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        hub?.Dispose();
        ledger?.Dispose();
        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }

    private static async Task<ReleaseSource?> TryOpenAsync(
        HubChoice choice,
        string catalog,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        if (HubClient.Find(choice, surroundings.Environment) is { } hub)
        {
            return new ReleaseSource(hub);
        }

        if (!Directory.Exists(choice.DataFolder))
        {
            return null;
        }

        var time = surroundings.Time;
        var store = await EmbeddedStore.OpenAsync(choice.DataFolder, time, cancellationToken);
        var ledger = new StoredLedger(store.Documents);
        var rooms = new RoomEvidence(
            catalog,
            new StoredRuns(store.Documents, store.Objects, time),
            new LookBook(store.Documents, store.Events),
            ended => SlosAsync(store, choice.DataFolder, catalog, surroundings, ended),
            time
        );
        return new ReleaseSource(store, ledger, new ReleaseDesk(catalog, new LedgerEvidence(ledger, rooms), ledger, time));
    }

    // What the last hub saved, and what was stored after that.
    private static async Task<SloSummary> SlosAsync(
        EmbeddedStore store,
        string folder,
        string catalog,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        var options = new HubOptions
        {
            DataFolder = folder,
            CatalogFolder = catalog,
            Variables = surroundings.Environment,
        };
        using var book = new SloBook(options, surroundings.Time);
        var feed = new SloFeed(book, store.Events, new SloSaving(store.Documents));
        await feed.RestoreAsync(cancellationToken);
        await feed.CatchUpAsync(cancellationToken);
        return book.Monitor.Summary();
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> OfHubAsync(ReleaseId? release, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = await hub!.GetStreamAsync("/api/v1/ledger" + (release is { } one ? $"?release={PathOf(one)}" : ""), cancellationToken);
        foreach (var line in LedgerFile.Lines(body))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return line;
        }
    }

    private static string PathOf(ReleaseId release) => Uri.EscapeDataString(release.ToString());

    /// <summary>There is nothing to look in.</summary>
    private sealed class NoRooms : IEvidenceSource
    {
        public Task<NeededEvidence> FindAsync(NeedEntry need, GateCandidate candidate, CancellationToken cancellationToken) =>
            Task.FromResult(
                NeededEvidence.None(need.Title, $"There is neither a hub nor a data folder, and no evidence of it was handed in with --evidence. {Way(need)}")
            );

        private static string Way(NeedEntry need) =>
            need switch
            {
                { Benchmark: { } benchmark } => $"Make it: assay eval run {benchmark}",
                { Experiment: { } experiment } => $"Where a hub has its units: assay experiment analyze {experiment}",
                { Canary: { } release } => $"Where a hub has its traffic: assay canary start {release}",
                _ => "A hub knows it: assay slo status",
            };
    }
}
