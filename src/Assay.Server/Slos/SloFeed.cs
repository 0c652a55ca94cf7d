using Assay.Stores;

namespace Assay.Server.Slos;

/// <summary>
/// Brings stored events to the SLOs, each once: they are read from the store in its order, and the counts are saved with the position up to which they
/// hold. After a crash reading goes on from the last saved position. Used by one thread.
/// </summary>
internal sealed class SloFeed(SloBook book, IEventStore events, SloSaving saving)
{
    private const int EventsInPage = 5000;

    private readonly SloTally tally = new(book);
    private SloHead? saved;

    /// <summary>Up to where everything is counted.</summary>
    public long Position { get; private set; }

    /// <summary>Takes over what was saved.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        saved = await saving.ReadHeadAsync(cancellationToken);
        if (saved is null)
        {
            return;
        }

        foreach (var service in saved.Defaulted)
        {
            book.AddDefaults(service);
        }

        book.Monitor.Restore(await saving.ReadAsync(saved, cancellationToken));
        Position = saved.Position;
    }

    /// <summary>Counts everything that was stored up to now.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await events.ReadSinceAsync(Position, EventsInPage, cancellationToken);
            if (page.Events.Count == 0)
            {
                return;
            }

            tally.Count(page.Events);
            Position = page.Position;
        }
    }

    /// <summary>Saves the counts with their position, if anything was counted since the last time or <paramref name="always"/>.</summary>
    public async Task SaveAsync(bool always, CancellationToken cancellationToken)
    {
        if (always || saved is null || saved.Position != Position)
        {
            saved = await saving.WriteAsync(saved, Position, book.Defaulted, book.Monitor.Save(), cancellationToken);
        }
    }
}
