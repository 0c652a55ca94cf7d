using Assay.Stores;

namespace Assay.Server.Intake;

/// <summary>The way of every event into the store, however it came: what was new is told to the observers.</summary>
internal sealed class EventGate(IEventStore store, IEnumerable<IEventObserver> observers)
{
    private readonly IEventObserver[] observers = [.. observers];

    /// <summary>Stores a batch. It cannot be cancelled: observers must see all that is stored, also when the sender has gone away.</summary>
    /// <exception cref="StoreBusyException">Nothing was stored; send it again later.</exception>
    /// <exception cref="AssayException">The disk is full or the file is damaged (exit code 4); nothing was stored.</exception>
    public async Task<AppendReport> StoreAsync(EventBatch batch)
    {
        var report = await store.AppendAsync(batch, CancellationToken.None);
        if (report.New.Count > 0)
        {
            foreach (var observer in observers)
            {
                observer.Observe(report);
            }
        }

        return report;
    }
}
