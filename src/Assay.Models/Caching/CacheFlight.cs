using Assay.Models.Calls;

namespace Assay.Models.Caching;

/// <summary>A place in a call that several ask for at the same time: one makes it, the others wait for its answer. Leaves when it is disposed.</summary>
internal sealed class CacheFlight(ResponseCache cache, CacheKey key, TaskCompletionSource<CachedAnswer?> landing, bool isLeader) : IDisposable
{
    public CacheKey Key => key;

    /// <summary>Whether this one makes the call.</summary>
    public bool IsLeader => isLeader;

    /// <summary>What the leader was answered; null when it gave up.</summary>
    /// <exception cref="ModelCallException">The leader got no answer.</exception>
    public Task<CachedAnswer?> WaitAsync(CancellationToken cancellationToken) => landing.Task.WaitAsync(cancellationToken);

    public void Land(CachedAnswer answer) => Leave(static (source, value) => source.TrySetResult(value), answer);

    /// <summary>Those who wait fail alike: asking once more each would multiply what just failed.</summary>
    public void Fail(ModelCallException fault)
    {
        Leave(static (source, value) => source.TrySetException(value), fault);
        // Nobody may be waiting.
        _ = landing.Task.Exception;
    }

    public void Dispose()
    {
        if (isLeader)
        {
            Leave(static (source, value) => source.TrySetResult(value), (CachedAnswer?)null);
        }
    }

    // Out of the table first: who comes now must not join a call that is over.
    private void Leave<T>(Action<TaskCompletionSource<CachedAnswer?>, T> tell, T what)
    {
        cache.Leave(key, landing);
        tell(landing, what);
    }
}
