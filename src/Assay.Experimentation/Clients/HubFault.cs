using System.Net;

namespace Assay.Experimentation.Clients;

/// <summary>The hub did not give what it was asked for; the caller goes on with what it has and asks again.</summary>
internal sealed class HubFault(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The status that the hub answered with; null when it did not answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the hub wants to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
