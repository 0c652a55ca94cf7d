using Assay.Stores;

namespace Assay.Server.Slos;

/// <summary>
/// Brings stored events to the SLOs, each once and in the order of the store: as they are stored, without reading them back. What is missing in
/// between, as after a crash, is read from the store. The counts are saved with the position up to which they hold.
/// </summary>
internal sealed class SloFeed(SloBook book, IEventStore events, SloSaving saving)
{
    private const int EventsInPage = 5000;

    /// <summary>
    /// Batches that wait for an earlier one, whose sender's thread is on its way here. More of them are let go and read from the store: they hold
    /// the messages in which they came.
    /// </summary>
    private const int MostWaiting = 32;

    private readonly SloTally tally = new(book);
    private readonly Lock gate = new();
    private readonly Dictionary<long, AppendReport> waiting = [];
    private SloHead? saved;

    // What was stored before nobody told.
    private bool mustLook = true;

    // The highest position that was told of.
    private long told;

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

    /// <summary>Counts a batch as soon as all before it are counted. Safe for several threads at once.</summary>
    public void Take(AppendReport stored)
    {
        lock (gate)
        {
            told = Math.Max(told, stored.Position);
            if (stored.Before >= Position && waiting.Count < MostWaiting)
            {
                waiting[stored.Before] = stored;
                CountWaiting();
            }
        }
    }

    /// <summary>Counts everything that was stored up to now and was not seen while it was stored.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (Gap() is { } gap)
        {
            var page = await events.ReadSinceAsync(gap.From, EventsInPage, cancellationToken);
            lock (gate)
            {
                // Where batches were taken meanwhile, the page is out of date.
                if (Position == gap.From)
                {
                    CountPage(page, gap.To);
                }
            }
        }
    }

    /// <summary>Looks for what is stored and not counted, whatever was seen: at the end, when nothing is stored any more.</summary>
    public Task CatchUpToEndAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            mustLook = true;
        }

        return CatchUpAsync(cancellationToken);
    }

    /// <summary>Saves the counts with their position, if anything was counted since the last time or <paramref name="always"/>.</summary>
    public async Task SaveAsync(bool always, CancellationToken cancellationToken)
    {
        IReadOnlyList<Observability.Slos.SloSnapshot> counts;
        long position;
        lock (gate)
        {
            if (!always && saved is not null && saved.Position == Position)
            {
                return;
            }

            // Counts and position are of one moment: nothing is counted meanwhile.
            (counts, position) = (book.Monitor.Save(), Position);
        }

        saved = await saving.WriteAsync(saved, position, book.Defaulted, counts, cancellationToken);
    }

    private (long From, long To)? Gap()
    {
        lock (gate)
        {
            return mustLook || Position < told ? (Position, told) : null;
        }
    }

    private void CountPage(EventPage page, long to)
    {
        if (page.Events.Count > 0)
        {
            Count(page.Events, page.Position);
            CountWaiting();
            return;
        }

        // What was told of and is not there was deleted since.
        mustLook = false;
        Position = Math.Max(Position, to);
        CountWaiting();
    }

    private void CountWaiting()
    {
        while (waiting.Remove(Position, out var next))
        {
            Count(next.New, next.Position);
            // All before it is counted: there is nothing that nobody told of.
            mustLook = false;
        }

        foreach (var passed in waiting.Keys.Where(before => before < Position).ToList())
        {
            waiting.Remove(passed);
        }
    }

    private void Count(EventBatch batch, long position)
    {
        tally.Count(batch);
        Position = position;
    }
}
