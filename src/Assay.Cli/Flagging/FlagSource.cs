using System.Net.Http.Json;
using System.Text.Json;
using Assay.Cli.Hubs;
using Assay.Embedded;
using Assay.Experimentation.Flags;
using Assay.Server.Access;
using Assay.Server.Flags;
using Assay.Server.Flags.Ofrep;
using Assay.Server.Flags.Streams;

namespace Assay.Cli.Flagging;

/// <summary>Where flags are decided: at the hub while one holds the data folder, else in the folder itself with the files of the catalog.</summary>
internal sealed class FlagSource : IAsyncDisposable
{
    // Who changed something without a hub: the command, on this machine.
    private const string Actor = "command";

    private readonly HubClient? hub;
    private readonly EmbeddedStore? store;
    private readonly FlagDesk? desk;
    private readonly TimeProvider time;

    private FlagSource(HubClient? hub, EmbeddedStore? store, FlagDesk? desk, TimeProvider time) =>
        (this.hub, this.store, this.desk, this.time) = (hub, store, desk, time);

    /// <exception cref="AssayException">There is no hub and no data folder, it cannot be opened (exit code 4), or a file of the catalog is wrong (exit code 2).</exception>
    public static async Task<FlagSource> OpenAsync(HubChoice choice, string catalog, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        var time = surroundings.Time;
        if (HubClient.Find(choice, surroundings.Environment) is { } hub)
        {
            return new FlagSource(hub, store: null, desk: null, time);
        }

        if (!Directory.Exists(choice.DataFolder))
        {
            throw AssayException.Infrastructure(
                $"There is no data folder '{choice.DataFolder}'.",
                "Start a hub with `assay serve`, name its data folder with --data, or its address with --hub."
            );
        }

        var store = await EmbeddedStore.OpenAsync(choice.DataFolder, time, cancellationToken);
        var desk = new FlagDesk(new FlagDocuments(store.Documents), new FlagFolder(catalog), new SnapshotFeed(), time);
        var source = new FlagSource(hub: null, store, desk, time);
        try
        {
            await desk.LoadAsync(cancellationToken);
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public async Task<FlagList> ListAsync(CancellationToken cancellationToken) =>
        desk is null ? await hub!.GetAsync("/api/v1/flags", FlagsJson.Default.FlagList, cancellationToken) : FlagList.Of(desk.State, Today);

    public async Task<FlagDetail> GetAsync(string name, CancellationToken cancellationToken) =>
        desk is null
            ? await hub!.GetAsync($"/api/v1/flags/{Known(name)}", FlagsJson.Default.FlagDetail, cancellationToken)
            : FlagDetail.Of(desk.State, desk.Folder.Flags, Need(name), Today);

    public async Task<StaleFlagList> ListStaleAsync(CancellationToken cancellationToken) =>
        desk is null
            ? await hub!.GetAsync("/api/v1/flags/stale", FlagsJson.Default.StaleFlagList, cancellationToken)
            : new StaleFlagList(StaleFlags.Of(desk.State, Today));

    public async Task<FlagFiles> ExportAsync(CancellationToken cancellationToken) =>
        desk is null
            ? await hub!.GetAsync("/api/v1/flags/export", FlagsJson.Default.FlagFiles, cancellationToken)
            : new FlagFiles(FlagExport.Of(desk.State, desk.Folder.Flags));

    public async Task<FlagHistory> HistoryAsync(string name, int limit, CancellationToken cancellationToken)
    {
        if (desk is null)
        {
            return await hub!.GetAsync($"/api/v1/flags/{Known(name)}/history?limit={limit}", FlagsJson.Default.FlagHistory, cancellationToken);
        }

        var entries = await desk.HistoryAsync(Known(name), skip: 0, limit, cancellationToken);
        return entries.Count > 0 ? new FlagHistory(name, entries) : new FlagHistory(Need(name).Name, []);
    }

    public async Task<FlagExplanation> ExplainAsync(string name, JsonElement body, CancellationToken cancellationToken)
    {
        if (desk is null)
        {
            var content = JsonContent.Create(body);
            return await hub!.PostAsync($"/api/v1/flags/{Known(name)}/explain", content, FlagsJson.Default.FlagExplanation, cancellationToken);
        }

        try
        {
            return desk.State.Snapshot.Flags.Explain(Need(name).Name, OfrepContext.OfBody(body))!;
        }
        catch (OfrepException e)
        {
            throw AssayException.Usage(e.Message, "Give the unit with --unit and what rules ask about with --attribute.", e);
        }
    }

    /// <exception cref="AssayException">The change is wrong, there is no such flag, or it has another version (exit code 2).</exception>
    public async Task<FlagDetail> ChangeAsync(string name, FlagChange change, CancellationToken cancellationToken)
    {
        if (desk is null)
        {
            var content = JsonContent.Create(change, FlagsJson.Default.FlagChange);
            return await hub!.PostAsync($"/api/v1/flags/{Known(name)}", content, FlagsJson.Default.FlagDetail, cancellationToken);
        }

        var outcome = await desk.ChangeAsync(Need(name).Name, change, Actor, cancellationToken);
        if (outcome.Kind != ChangeOutcomeKind.Done)
        {
            throw AssayException.Usage(
                $"'{name}' has version {outcome.Override?.Version ?? 0}, not {change.ExpectedVersion}.",
                $"Look at it with `assay flag show {name}`, then send your change for the version that it has."
            );
        }

        var audited = new AuditedWrite(Actor, $"flag.{change.Kind}", name, outcome.Override!.Reason);
        await new Audit(store!.Documents, time).WriteAsync(audited, CancellationToken.None);
        return await GetAsync(name, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        hub?.Dispose();
        desk?.Dispose();
        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private FlagFile Need(string name) =>
        desk!.State.Files.GetValueOrDefault(Known(name))
        ?? throw AssayException.Usage($"There is no flag '{name}'.", $"`assay flag list` shows all; a flag is made by a file in {desk.Folder.Flags}.");

    // A name goes into an address: what can be none is not sent.
    private static string Known(string name) =>
        FlagName.IsOne(name)
            ? name
            : throw AssayException.Usage($"'{FlagName.Shown(name)}' cannot be a flag's name.", "Names are 1 to 64 of a-z 0-9 _ - . and begin with a letter.");
}
