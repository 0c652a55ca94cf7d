using Assay.Stores;

namespace Assay.Embedded.Sqlite;

/// <summary>How much a job holds while it waits.</summary>
/// <param name="Events">Events; 0 for small jobs, which count by number only.</param>
/// <param name="Bytes">Bytes of their bodies.</param>
internal readonly record struct JobSize(int Events, long Bytes);

/// <summary>Jobs that wait to be written, bounded by number, events and bytes. Only the writer's thread takes.</summary>
internal sealed class WriteQueue : IDisposable
{
    private const int MostJobs = 1024;
    private const int MostEvents = 65_536;
    private const long MostBytes = 64L << 20;

    private readonly Lock gate = new();
    private readonly Queue<WriteJob> jobs = new();
    private readonly SemaphoreSlim arrived = new(0);
    private long events;
    private long bytes;
    private bool closed;

    /// <summary>Takes a job in. A job larger than the bounds is taken when nothing else waits.</summary>
    /// <exception cref="StoreBusyException">The queue is full.</exception>
    public void Add(WriteJob job)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            var isFull = jobs.Count >= MostJobs || events + job.Size.Events > MostEvents || bytes + job.Size.Bytes > MostBytes;
            if (isFull && jobs.Count > 0)
            {
                throw new StoreBusyException($"{jobs.Count} writes with {events} events and {bytes >> 20} MiB are waiting for the disk. Send again later.");
            }

            jobs.Enqueue(job);
            events += job.Size.Events;
            bytes += job.Size.Bytes;
        }

        arrived.Release();
    }

    /// <summary>Waits for a job; null when the queue is closed and empty.</summary>
    public WriteJob? Take()
    {
        arrived.Wait();
        return TryTakeArrived();
    }

    /// <summary>Takes a job if one waits.</summary>
    public WriteJob? TryTake() => arrived.Wait(0) ? TryTakeArrived() : null;

    /// <summary>Refuses further jobs; those that wait are still given out.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
        }

        arrived.Release();
    }

    public void Dispose() => arrived.Dispose();

    private WriteJob? TryTakeArrived()
    {
        lock (gate)
        {
            if (!jobs.TryDequeue(out var job))
            {
                // The signal of closing: it stays for the next who asks.
                arrived.Release();
                return null;
            }

            events -= job.Size.Events;
            bytes -= job.Size.Bytes;
            return job;
        }
    }
}
