using Assay.Cli.Hubs;
using Assay.Embedded;
using Assay.Embedded.Folders;
using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Ledger;
using Assay.Releases.Rollbacks;
using Assay.Server.Canaries;
using Assay.Server.Flags;
using Assay.Server.Flags.Streams;
using Assay.Stores;

namespace Assay.Cli.Canarying;

/// <summary>
/// A rollback without a hub that answers: the intent is written into the data folder, where a hub reads it before anything else, and traffic is taken away from here as far as that is
/// possible: a command and upstreams always, a flag when the store can be opened.
/// </summary>
internal static class CanaryRescue
{
    /// <summary>Rolls back.</summary>
    /// <param name="choice">The data folder.</param>
    /// <param name="catalog">The catalog, for flags.</param>
    /// <param name="release">The release or its name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="surroundings">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting; the intent stays.</param>
    /// <returns>How far it came; null when the folder knows nothing of the release.</returns>
    public static async Task<Rescued?> RollBackAsync(
        HubChoice choice,
        string catalog,
        string release,
        string reason,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        var time = surroundings.Time;
        using var place = new CanaryPlace(choice.DataFolder, time);
        var cards = place.NewCards();
        if (Find(cards, release) is not { } id)
        {
            return null;
        }

        await using var store = await TryOpenAsync(choice.DataFolder, time, cancellationToken);
        IDocumentStore documents = store?.Documents ?? ClosedStore.Instance;
        using var desk = new FlagDesk(new FlagDocuments(documents), new FlagFolder(catalog), new SnapshotFeed(), time);
        var flags = store is not null && await IsLoadedAsync(desk, cancellationToken) ? desk : null;
        using var rollbacks = new RollbackRunner(cards, new CanaryBook(documents), new RescuePorts(place, flags, new StoredLedger(documents)), time);
        var card = await rollbacks.RollBackAsync(id, "command", new CanaryOrder(reason).Checked(), cancellationToken);
        return card is null ? null : new Rescued(id, RollbackStatus.Of(card, rollbacks.TrafficFaults.Find(id))!);
    }

    private static ReleaseId? Find(RollbackCards cards, string release) =>
        ReleaseId.TryRead(release) is { } id && cards.Find(id) is not null ? id : cards.List().FirstOrDefault(c => c.Release.Name == release)?.Release;

    // A hub that hangs holds the folder, and a database may be damaged: neither keeps traffic where it is.
    private static async Task<EmbeddedStore?> TryOpenAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return DataFolder.FindHolder(folder) is null ? await EmbeddedStore.OpenAsync(folder, time, cancellationToken) : null;
        }
        catch (AssayException)
        {
            return null;
        }
    }

    private static async Task<bool> IsLoadedAsync(FlagDesk desk, CancellationToken cancellationToken)
    {
        try
        {
            await desk.LoadAsync(cancellationToken);
            return true;
        }
        catch (AssayException)
        {
            return false;
        }
    }

    private sealed class RescuePorts(CanaryPlace place, FlagDesk? flags, ILedger ledger) : ICanaryPorts
    {
        public ILedger Ledger => ledger;

        public ITrafficSplit SplitOf(ReleaseId release, SplitEntry split) =>
            split.Flag is not { } flag ? place.SplitOf(release, split)
            : flags is not null ? new FlagSplit(flags, flag, split.Variant)
            : NoFlags.Instance;

        public ICanaryMetrics MetricsOf(CanaryPlan plan) => throw new NotSupportedException("A rollback reads no metrics.");

        public Task<int> ApprovalsAsync(ReleaseId release, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}

/// <summary>A rollback without a hub.</summary>
/// <param name="Release">The release.</param>
/// <param name="Rollback">How far it came.</param>
internal sealed record Rescued(ReleaseId Release, RollbackStatus Rollback);
