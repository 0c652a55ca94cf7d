namespace Assay.Models.Calls;

/// <summary>Why a model call gave no answer.</summary>
public enum ModelFault
{
    /// <summary>
    /// 401 or 403: the key or the right is wrong; 402, or 429 with <c>insufficient_quota</c>: the account has nothing left. Never retried, never hidden by a
    /// fallback: the work stops.
    /// </summary>
    Refused,

    /// <summary>400, 404, 422 and other answers that say the request itself is wrong. Not retried.</summary>
    Rejected,

    /// <summary>429, and the retries or the time for them are used up.</summary>
    RateLimited,

    /// <summary>5xx, a connection that fails or breaks, and the retries or the time for them are used up.</summary>
    Unavailable,

    /// <summary>No answer within the time allowed.</summary>
    TimedOut,

    /// <summary>An answer that is not what the protocol says: prose, HTML, nothing, half a JSON, 200 with an error body, indices out of range, wrong sizes.</summary>
    Malformed,

    /// <summary>The endpoint failed so often that it is not asked for a while.</summary>
    CircuitOpen,

    /// <summary>The spending limit or the time budget of the whole work is used up: the work stops.</summary>
    OverBudget,

    /// <summary>The cache alone may answer (mode only), and it does not know the call.</summary>
    NotCached,
}
