using System.Net;

namespace Assay.Models.Calls;

/// <summary>What an endpoint answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body, decompressed.</param>
/// <param name="RetryAfter">How long it asks to wait; null when it does not say.</param>
/// <param name="RequestId">Its name for the request, for its support; empty when not given.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, string RequestId);
