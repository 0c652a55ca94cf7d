using System.Buffers.Binary;
using Assay.Hashing;

namespace Assay.Models.Calls;

/// <summary>Whether and when a failed attempt is repeated.</summary>
internal static class RetryDecision
{
    /// <summary>Who was told to wait comes back spread over this share of the wait, but a second at most, so that they do not all come at once.</summary>
    private const double SpreadAfterRetryAfter = 0.1;

    /// <summary>An attempt with less time than this is not worth its cost: no model answers so fast over a network.</summary>
    private static readonly TimeSpan ShortestAttempt = TimeSpan.FromMilliseconds(20);

    /// <summary>The wait before the next attempt; null when there is none: it is no use, the retries are used up, or the wait does not fit into the time left.</summary>
    /// <param name="limits">What a call may take.</param>
    /// <param name="failure">What went wrong.</param>
    /// <param name="retries">Retries made so far.</param>
    /// <param name="left">Time left for the whole call.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public static TimeSpan? WaitFor(CallLimits limits, CallFailure failure, int retries, TimeSpan left, double jitter)
    {
        // Waiting for a circuit to close sends nothing and uses up no retry: the time budget alone bounds it.
        if (!failure.IsRetryable || (retries >= limits.MaxRetries && !failure.IsUnsent))
        {
            return null;
        }

        var backoff = Backoff(limits, failure.IsUnsent ? 0 : retries, jitter);
        var wait =
            failure.RetryAfter is not { } asked ? backoff
            : failure.IsUnsent && asked < backoff ? backoff
            : asked + Spread(asked, jitter);
        return wait + ShortestAttempt <= left ? wait : null;
    }

    /// <summary>A number from 0 to 1 that depends on nothing but its parameters.</summary>
    public static double Jitter(long seed, long call, int retry)
    {
        Span<byte> place = stackalloc byte[sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt64LittleEndian(place, call);
        BinaryPrimitives.WriteInt32LittleEndian(place[sizeof(long)..], retry);
        return (XxHash64.Hash(place, unchecked((ulong)seed)) >> 11) * (1.0 / (1UL << 53));
    }

    private static TimeSpan Spread(TimeSpan asked, double jitter) => TimeSpan.FromSeconds(jitter * Math.Min(1, asked.TotalSeconds * SpreadAfterRetryAfter));

    private static TimeSpan Backoff(CallLimits limits, int retries, double jitter)
    {
        var whole = Math.Min(limits.LongestWait.TotalSeconds, limits.FirstWait.TotalSeconds * Math.Pow(2, retries));
        return TimeSpan.FromSeconds(whole * (0.5 + (0.5 * jitter)));
    }
}
