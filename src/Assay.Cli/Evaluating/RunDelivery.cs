using System.Net;
using System.Net.Http.Headers;
using Assay.Cli.Hubs;
using Assay.Embedded;
using Assay.Embedded.Folders;
using Assay.Evaluation.Running;
using Assay.Evaluation.Storing;
using Assay.Server.Benchmarks;

namespace Assay.Cli.Evaluating;

/// <summary>
/// Hands runs in where the hub shows them: to the hub that holds the data folder, or into its store when nobody holds it. A run is never lost by it: it stays in its
/// folder whatever happens.
/// </summary>
internal static class RunDelivery
{
    /// <summary>Hands a run in and says so; when that cannot be done, says how to do it later.</summary>
    /// <returns>Whether it is in the hub.</returns>
    public static async Task<bool> DeliverAsync(
        CommandSurroundings surroundings,
        HubChoice choice,
        RunOutcome outcome,
        TimeSpan? duration,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var receipt = await SendAsync(surroundings, choice, outcome, duration, cancellationToken);
            if (PageOf(choice, receipt.Run) is { } page)
            {
                await surroundings.Error.WriteLineAsync($"  on the hub: {page}");
            }

            return true;
        }
        catch (Exception e) when (e is AssayException or IOException or OperationCanceledException)
        {
            await surroundings.Error.WriteLineAsync(
                $"The run is in {outcome.Folder.Path}, but not on the hub's pages: {e.Message}\n  Hand it in later with: assay eval publish {outcome.Folder.Id}"
            );
            return false;
        }
    }

    /// <summary>The page of a run; null when no hub runs here and none is named.</summary>
    public static Uri? PageOf(HubChoice choice, string run) =>
        (choice.Address ?? DataFolder.FindHolder(choice.DataFolder)?.Address) is { } hub ? new Uri(hub, "/benchmarks/runs/" + Uri.EscapeDataString(run)) : null;

    /// <summary>Hands a run in.</summary>
    /// <exception cref="AssayException">The hub refuses it (exit code 2), or neither hub nor store can be reached (exit code 4).</exception>
    public static async Task<RunReceipt> SendAsync(
        CommandSurroundings surroundings,
        HubChoice choice,
        RunOutcome outcome,
        TimeSpan? duration,
        CancellationToken cancellationToken
    )
    {
        using var record = RunRecord.Open(outcome.Folder.Journal);
        var head = RunHead.Of(outcome.Verdict, duration?.TotalSeconds, CommitOf(outcome.Folder));
        var cases = record.Outcomes().Select(o => StoredCase.Of(o, record.Plan.Content.Metrics));
        using var hub = HubClient.Find(choice, surroundings.Environment);
        var receipt = hub is null
            ? await StoreAsync(surroundings, choice.DataFolder, head, cases, cancellationToken)
            : await hub.PostAsync("/api/v1/runs", new PackedRun(head, cases), BenchmarksJson.Default.RunReceipt, cancellationToken);
        return receipt.Change is RunChange.Older or RunChange.Other
            ? throw AssayException.Usage(
                receipt.Change == RunChange.Older ? "More of this run is stored already." : "Another run has this id.",
                "Nothing is lost: what is stored stays, and the run stays in its folder."
            )
            : receipt;
    }

    // A run that was begun otherwise has no settings: its commit is unknown.
    private static string CommitOf(RunFolder folder) => RunSettings.IsIn(folder) ? RunSettings.Read(folder).Commit : "";

    private static async Task<RunReceipt> StoreAsync(
        CommandSurroundings surroundings,
        string dataFolder,
        RunHead head,
        IEnumerable<StoredCase> cases,
        CancellationToken cancellationToken
    )
    {
        await using var store = await EmbeddedStore.OpenAsync(dataFolder, surroundings.Time, cancellationToken);
        var runs = new StoredRuns(store.Documents, store.Objects, surroundings.Time);
        return await runs.PutAsync(head, cases.ToAsyncEnumerable(), "command", cancellationToken);
    }

    /// <summary>A run as a body: packed while it is sent, so that it needs no memory of its size.</summary>
    private sealed class PackedRun : HttpContent
    {
        private readonly RunHead head;
        private readonly IEnumerable<StoredCase> cases;

        public PackedRun(RunHead head, IEnumerable<StoredCase> cases)
        {
            (this.head, this.cases) = (head, cases);
            Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            RunPackage.WriteAsync(stream, head, cases, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            RunPackage.WriteAsync(stream, head, cases, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
