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

    /// <summary>Whether somebody answered, if only with an error.</summary>
    public bool HasAnswer { get; init; }

    /// <summary>Whether it says that the endpoint is down, which its circuit breaker counts.</summary>
    public bool IsOutage => Fault is ModelFault.Unavailable or ModelFault.TimedOut && !IsUnsent;

    public Exception? Inner { get; init; }
}
