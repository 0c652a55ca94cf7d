namespace Assay.Models.Calls;

/// <summary>What went wrong in one attempt, and what follows from it.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Message">For a person: endpoint, what it said, what to do.</param>
internal sealed record CallFailure(ModelFault Fault, string Message)
{
    /// <summary>Whether another attempt may do better.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>How long the endpoint asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the endpoint said that it is asked too often.</summary>
    public bool IsThrottling { get; init; }

    /// <summary>Whether the endpoint may have done, and billed, the work although no usable answer came.</summary>
    public bool MayBePaid { get; init; }

    /// <summary>Whether nothing was sent, so that no attempt was used up.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>Whether the attempt ended with the time for the whole call, before its own was up: it proves nothing of the endpoint.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Whether somebody answered, if only with an error.</summary>
    public bool HasAnswer { get; init; }

    /// <summary>Whether it says that the endpoint is down, which its circuit breaker counts.</summary>
    public bool IsOutage => Fault is ModelFault.Unavailable or ModelFault.TimedOut && !IsUnsent;

    public Exception? Inner { get; init; }

    /// <summary>
    /// What the caller is told when this ended the last attempt. What the endpoint said before outweighs an attempt that was cut short: a service that
    /// answers 500 has failed, it is not slow.
    /// </summary>
    /// <param name="cause">Why the last attempt was made; null when it was the first.</param>
    public CallFailure After(CallFailure? cause) =>
        IsCutShort && cause is not null ? cause with { Message = $"{cause.Message} The time for all attempts ended during the next one." } : this;
}
