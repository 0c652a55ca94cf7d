using Assay.Cli.Hubs;
using Assay.Embedded;
using Assay.Server.Traces;

namespace Assay.Cli.Tracing;

/// <summary>Where traces are read: from the hub while one holds the data folder, else from the folder itself.</summary>
internal sealed class TraceSource : IAsyncDisposable
{
    private readonly HubClient? hub;
    private readonly EmbeddedStore? store;

    private TraceSource(HubClient? hub, EmbeddedStore? store) => (this.hub, this.store) = (hub, store);

    /// <exception cref="AssayException">There is no hub and no data folder, or it cannot be opened (exit code 4).</exception>
    public static async Task<TraceSource> OpenAsync(HubChoice choice, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (HubClient.Find(choice, surroundings.Environment) is { } hub)
        {
            return new TraceSource(hub, store: null);
        }

        return Directory.Exists(choice.DataFolder)
            ? new TraceSource(hub: null, await EmbeddedStore.OpenAsync(choice.DataFolder, surroundings.Time, cancellationToken))
            : throw AssayException.Infrastructure(
                $"There is no data folder '{choice.DataFolder}'.",
                "Start a hub with `assay serve`, name its data folder with --data, or its address with --hub."
            );
    }

    public async Task<TraceSummaries> ListAsync(TraceQuery query, CancellationToken cancellationToken) =>
        store is null
            ? await hub!.GetAsync("/api/v1/traces" + query.ToText(), TracesJson.Default.TraceSummaries, cancellationToken)
            : TraceSummaries.Of(await store.Events.FindRequestsAsync(query.ToQuery(), cancellationToken));

    /// <exception cref="AssayException">Nothing of the trace is there, or the id is none (exit code 2).</exception>
    public async Task<TraceDocument> FindAsync(string id, CancellationToken cancellationToken)
    {
        var trace = TraceQuery.IdOf(id);
        if (store is null)
        {
            return await hub!.GetAsync($"/api/v1/traces/{trace}", TracesJson.Default.TraceDocument, cancellationToken);
        }

        return await store.Events.GetTraceAsync(trace, cancellationToken) is { } found
            ? TraceDocument.Of(trace, found)
            : throw AssayException.Usage($"Nothing of trace {trace} is there.", "See `assay trace list` for what is there.");
    }

    public async ValueTask DisposeAsync()
    {
        hub?.Dispose();
        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }
}
