using Assay.Stores;

namespace Assay.Server.Intake;

/// <summary>Sees what was stored. Registered as a service; any number of them.</summary>
internal interface IEventObserver
{
    /// <summary>
    /// Called once for each stored batch with the events that were not there before. Must be quick, since the sender waits; safe for several
    /// threads at once; and must not throw.
    /// </summary>
    void Observe(EventBatch newEvents);

    /// <summary>The same with the place of the events in the store's order, for observers that must know whether they have seen all.</summary>
    void Observe(AppendReport stored) => Observe(stored.New);
}
