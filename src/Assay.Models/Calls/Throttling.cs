namespace Assay.Models.Calls;

/// <summary>An endpoint said that it is asked too often (429).</summary>
/// <param name="Address">The endpoint.</param>
/// <param name="RetryAfter">How long it asks to wait; null when it does not say.</param>
public sealed record Throttling(Uri Address, TimeSpan? RetryAfter);
