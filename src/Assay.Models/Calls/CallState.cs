using Assay.Prices;
using Polly;

namespace Assay.Models.Calls;

/// <summary>Where one logical call stands; for one thread.</summary>
internal sealed class CallState(CallRequest request, AnswerReader read, TimeSpan budget, long number, TimeProvider time)
{
    public static readonly ResiliencePropertyKey<CallState> Key = new("assay.call");

    private long started;

    public CallRequest Request => request;

    public AnswerReader Read => read;

    /// <summary>Its place among the calls of the process; seeds its jitter.</summary>
    public long Number => number;

    /// <summary>Attempts that were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>What the answer cost; null when that is unknown, and before there is one.</summary>
    public Money? Paid { get; set; }

    /// <summary>Retries made.</summary>
    public int Retries => Math.Max(0, Sent - 1);

    /// <summary>The wait before the next attempt.</summary>
    public TimeSpan Wait { get; set; }

    /// <summary>Why the coming attempt is made: the failure of the last one that was sent; null for the first.</summary>
    public CallFailure? Cause { get; set; }

    public TimeSpan Elapsed => started == 0 ? TimeSpan.Zero : time.GetElapsedTime(started);

    public TimeSpan Left => budget - Elapsed;

    /// <summary>Starts the clock, which does not run while the first attempt waits for its share of a spending limit.</summary>
    public void Begin()
    {
        if (started == 0)
        {
            started = time.GetTimestamp();
        }
    }

    public int CountSent() => ++Sent;

    public static CallState Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);
}
