using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Assay.Stores;

namespace Assay.Embedded.Documents;

/// <summary>Who wants to hear of changes. What a reader has not taken yet waits for it, up to a bound; beyond it the reader is told to read again.</summary>
internal sealed class DocumentWatchers
{
    /// <summary>Changes that wait for one reader.</summary>
    public const int MostWaiting = 1024;

    /// <summary>Readers at a time.</summary>
    public const int MostWatchers = 1024;

    private readonly Lock gate = new();
    private ImmutableList<Watcher> watchers = [];
    private bool closed;
    private long dropped;

    /// <summary>Changes that readers were not given because they fell behind.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Readers at the moment.</summary>
    public int Count => watchers.Count;

    /// <summary>Changes from this call on, not from the first one that is asked for.</summary>
    /// <exception cref="StoreBusyException">There are too many readers already.</exception>
    public IAsyncEnumerable<DocumentChange> Watch(string collection, CancellationToken cancellationToken)
    {
        var watcher = new Watcher(collection);
        lock (gate)
        {
            if (watchers.Count >= MostWatchers)
            {
                throw new StoreBusyException($"{MostWatchers:#,0} readers watch documents already.");
            }

            watchers = watchers.Add(watcher);
            if (closed)
            {
                watcher.Waiting.Writer.TryComplete();
            }
        }

        // One that is never read must not stay either.
        var leaving = cancellationToken.UnsafeRegister(_ => Leave(watcher), null);
        return ReadAsync(watcher, leaving, cancellationToken);
    }

    /// <summary>Tells the readers of the collection. One call at a time.</summary>
    public void Publish(DocumentChange change)
    {
        foreach (var watcher in watchers)
        {
            if (watcher.Collection == change.Collection && !watcher.Waiting.Writer.TryWrite(change))
            {
                DropFor(watcher, change);
            }
        }
    }

    /// <summary>Ends all readings.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            watchers.ForEach(w => w.Waiting.Writer.TryComplete());
        }
    }

    private void DropFor(Watcher watcher, DocumentChange change)
    {
        while (watcher.Waiting.Reader.TryRead(out var waiting))
        {
            Interlocked.Add(ref dropped, waiting.Missed ? 0 : 1);
        }

        // A reading that ended takes neither.
        watcher.Waiting.Writer.TryWrite(new DocumentChange(watcher.Collection, "", 0, Missed: true));
        watcher.Waiting.Writer.TryWrite(change);
    }

    private async IAsyncEnumerable<DocumentChange> ReadAsync(
        Watcher watcher,
        CancellationTokenRegistration leaving,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var change in watcher.Waiting.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            await leaving.DisposeAsync();
            Leave(watcher);
        }
    }

    private void Leave(Watcher watcher)
    {
        lock (gate)
        {
            watchers = watchers.Remove(watcher);
        }

        watcher.Waiting.Writer.TryComplete();
    }

    private sealed class Watcher(string collection)
    {
        public string Collection { get; } = collection;

        public Channel<DocumentChange> Waiting { get; } = Channel.CreateBounded<DocumentChange>(MostWaiting);
    }
}
