using Assay.Models.Caching;

namespace Assay.Models.Calls;

/// <summary>A call with its answer.</summary>
internal sealed record Called(ReadAnswer Answer, CallFacts Facts);

/// <summary>
/// The middle that chat, embeddings and reranking share: response cache, then retries, spending limit, circuit breaker, time limit and one HTTP request for each
/// attempt. Safe for several threads.
/// </summary>
internal sealed class ModelCaller(LiveCaller live, Metering metering, ResponseCache? cache)
{
    /// <summary>Calls, or lets the cache answer.</summary>
    /// <exception cref="ModelCallException">No answer.</exception>
    public async Task<Called> CallAsync(CallRequest request, AnswerReader read, CancellationToken cancellationToken)
    {
        if (cache is not { Mode: not CacheMode.Off })
        {
            return (await live.CallAsync(request, read, cancellationToken)).Called;
        }

        var key = CacheKey.Of(live.Address, request);
        while (true)
        {
            if (Find(cache, key, request, read) is { } hit)
            {
                return hit;
            }

            DemandMayCall(cache, request);
            using var flight = cache.Join(key);
            if (flight.IsLeader)
            {
                // The one who led before may have landed between the two looks.
                return Find(cache, key, request, read) ?? await LeadAsync(cache, flight, request, read, cancellationToken);
            }

            // Null: who led gave up, so that somebody else has to.
            if (await flight.WaitAsync(cancellationToken) is { } shared)
            {
                return FromCache(request, read(shared.Body), shared);
            }
        }
    }

    private static void DemandMayCall(ResponseCache cache, CallRequest request)
    {
        if (cache.Mode == CacheMode.Only)
        {
            throw new ModelCallException(
                ModelFault.NotCached,
                $"The response cache does not know this call to '{request.Model}', and it alone may answer. Allow calls, or fill the cache first."
            );
        }
    }

    private async Task<Called> LeadAsync(ResponseCache into, CacheFlight flight, CallRequest request, AnswerReader read, CancellationToken cancellationToken)
    {
        try
        {
            var answered = await live.CallAsync(request, read, cancellationToken);
            var answer = new CachedAnswer(answered.Body, answered.Called.Facts.DurationMs);
            into.Add(flight.Key, answer);
            flight.Land(answer);
            return answered.Called;
        }
        catch (ModelCallException e)
        {
            flight.Fail(e);
            throw;
        }
    }

    private Called? Find(ResponseCache from, in CacheKey key, CallRequest request, AnswerReader read)
    {
        try
        {
            return from.Find(key) is { } found ? FromCache(request, read(found.Body), found) : null;
        }
        catch (MalformedAnswerException)
        {
            // An older version may have taken what this one does not: it is asked anew.
            return null;
        }
    }

    private Called FromCache(CallRequest request, ReadAnswer answer, CachedAnswer found)
    {
        using var span = metering.Start(request);
        span.CameFromCache();
        Metering.Tell(span, answer);
        var avoided = metering.Count(request, answer, isRetry: false, fromCache: true);
        return new Called(answer, new CallFacts(request.NameOf(answer), found.DurationMs, 0, FromCache: true, answer.Tokens, avoided));
    }
}
