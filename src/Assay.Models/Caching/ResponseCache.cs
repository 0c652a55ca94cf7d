using System.Collections.Concurrent;

namespace Assay.Models.Caching;

/// <summary>Answers by <see cref="CacheKey"/>, and the calls in flight that several wait for. Safe for several threads.</summary>
public sealed class ResponseCache : IDisposable
{
    // Bounded by the calls in flight.
    private readonly ConcurrentDictionary<CacheKey, TaskCompletionSource<CachedAnswer?>> flights = new();
    private readonly SegmentStore store;

    private ResponseCache(CacheMode mode, SegmentStore store)
    {
        Mode = mode;
        this.store = store;
    }

    /// <summary>What it may do.</summary>
    public CacheMode Mode { get; }

    /// <summary>What it holds and did.</summary>
    public CacheReport Report => store.Report;

    /// <summary>Opens the cache of a folder; the folder is made when an answer is to be kept.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mode">What it may do.</param>
    /// <param name="time">The clock, which names new files.</param>
    /// <param name="maxBytes">The size of all files together; beyond it the oldest file goes. The default is 512 MiB.</param>
    /// <exception cref="AssayException">A file in it cannot be read (exit code 4) or is none of the cache's (exit code 2).</exception>
    public static ResponseCache Open(string folder, CacheMode mode, TimeProvider? time = null, long maxBytes = 512L << 20) =>
        new(mode, SegmentStore.Open(folder, time ?? TimeProvider.System, maxBytes));

    /// <summary>Writes what is left to the disk.</summary>
    public void Dispose() => store.Dispose();

    internal CachedAnswer? Find(in CacheKey key) => Mode == CacheMode.Off ? null : store.Find(key);

    /// <summary>Keeps an answer, if the mode says so. A disk that cannot be written to is counted and costs nobody an answer.</summary>
    internal void Add(in CacheKey key, CachedAnswer answer)
    {
        if (Mode == CacheMode.Write)
        {
            store.Add(key, answer);
        }
    }

    internal CacheFlight Join(in CacheKey key)
    {
        var mine = new TaskCompletionSource<CachedAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var landing = flights.GetOrAdd(key, mine);
        return new CacheFlight(this, key, landing, ReferenceEquals(landing, mine));
    }

    internal void Leave(in CacheKey key, TaskCompletionSource<CachedAnswer?> landing) => flights.TryRemove(new(key, landing));
}
