using System.Globalization;
using Assay.Cli.Hubs;
using Assay.Embedded;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Reports;
using Assay.Server.Flags;

namespace Assay.Cli.Experimenting;

/// <summary>Where experiments are looked at: at the hub while one holds the data folder, with its catalog; else in the folder itself, with the files of the catalog.</summary>
internal sealed class ExperimentSource : IAsyncDisposable
{
    private readonly HubClient? hub;
    private readonly EmbeddedStore? store;
    private readonly string catalog;
    private readonly TimeProvider time;

    private ExperimentSource(HubClient? hub, EmbeddedStore? store, string catalog, TimeProvider time) =>
        (this.hub, this.store, this.catalog, this.time) = (hub, store, catalog, time);

    /// <exception cref="AssayException">There is no hub and no data folder, or it cannot be opened (exit code 4).</exception>
    public static async Task<ExperimentSource> OpenAsync(
        HubChoice choice,
        string catalog,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        if (HubClient.Find(choice, surroundings.Environment) is { } hub)
        {
            return new ExperimentSource(hub, store: null, catalog, surroundings.Time);
        }

        if (!Directory.Exists(choice.DataFolder))
        {
            throw AssayException.Infrastructure(
                $"There is no data folder '{choice.DataFolder}'.",
                "Start a hub with `assay serve`, name its data folder with --data, or its address with --hub."
            );
        }

        return new ExperimentSource(
            hub: null,
            await EmbeddedStore.OpenAsync(choice.DataFolder, surroundings.Time, cancellationToken),
            catalog,
            surroundings.Time
        );
    }

    /// <summary>Looks now, which is remembered, or tells how it stood at a time, which is not.</summary>
    /// <exception cref="AssayException">There is no such experiment, or its definition cannot be analysed (exit code 2).</exception>
    public Task<ExperimentReport> LookAsync(string name, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var known = ExperimentFiles.Known(name);
        if (hub is not null)
        {
            return asOf is { } at
                ? hub.GetAsync(
                    $"/api/v1/experiments/{known}/report?as_of={Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture))}",
                    ReportJson.Default.ExperimentReport,
                    cancellationToken
                )
                : hub.PostAsync($"/api/v1/experiments/{known}/looks", content: null, ReportJson.Default.ExperimentReport, cancellationToken);
        }

        var experiment = ExperimentFiles.Need(catalog, known);
        var book = new LookBook(store!.Documents, store.Events, new ReportArchive(store.Objects));
        return asOf is { } then ? book.RecallAsync(experiment, then, cancellationToken) : book.LookAsync(experiment, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>How it stands, without a look that is remembered.</summary>
    public Task<ExperimentReport> ReadAsync(string name, CancellationToken cancellationToken) => LookAsync(name, time.GetUtcNow(), cancellationToken);

    /// <summary>All experiments.</summary>
    public async Task<ExperimentsListed> ListAsync(CancellationToken cancellationToken) =>
        hub is null
            ? ExperimentsListed.Of(ExperimentFiles.Read(catalog))
            : ExperimentsListed.Of(await hub.GetAsync("/api/v1/experiments", FlagsJson.Default.ExperimentList, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        hub?.Dispose();
        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }
}
