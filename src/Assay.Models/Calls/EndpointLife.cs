namespace Assay.Models.Calls;

/// <summary>
/// Whether an endpoint is proven dead: attempt after attempt fails as if nobody were there. Work that needs it ends then, instead of waiting for every call's own
/// time budget. Safe for several threads.
/// </summary>
/// <param name="patience">How long an endpoint that has answered before may be silent.</param>
/// <param name="time">The clock.</param>
internal sealed class EndpointLife(TimeSpan patience, TimeProvider time)
{
    /// <summary>Failed attempts in a row that prove anything.</summary>
    private const int FewestFailures = 5;

    /// <summary>One where never anybody answered is a wrong address or a service that does not run: seconds tell.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private bool hasAnswered;
    private int failures;
    private long since;
    private CallFailure? last;

    /// <summary>Somebody answered, if only to refuse.</summary>
    public void Answered()
    {
        lock (gate)
        {
            (hasAnswered, failures, last) = (true, 0, null);
        }
    }

    /// <summary>An attempt met an outage.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="wasThere">Whether somebody answered all the same, such as a proxy with a 502.</param>
    public void Failed(CallFailure failure, bool wasThere)
    {
        lock (gate)
        {
            since = failures++ == 0 ? time.GetTimestamp() : since;
            (hasAnswered, last) = (hasAnswered || wasThere, failure);
        }
    }

    /// <summary>Why the endpoint counts as dead; null while it does not.</summary>
    public string? Death()
    {
        lock (gate)
        {
            var silent = time.GetElapsedTime(since);
            return failures >= FewestFailures && silent >= (hasAnswered ? patience : FirstPatience)
                ? FormattableString.Invariant($"No answer to {failures} attempts in {silent.TotalSeconds:0} s. {last!.Message}")
                : null;
        }
    }
}
