namespace Assay.Prices;

/// <summary>A model call as its sender reported it, before it is priced.</summary>
/// <param name="Model">The model that answered, else the one asked for; empty when the sender named none.</param>
/// <param name="Provider">The provider, such as <c>openai</c>; empty when not given.</param>
/// <param name="Tokens">Tokens by kind; null when the sender reported none, or counts that contradict each other.</param>
/// <param name="IsRetry">Whether it repeats a call that failed.</param>
/// <param name="IsCacheHit">Whether the answer came from the caller's own cache, so that no model was called.</param>
/// <param name="AtNanos">When it began, in nanoseconds since 1970 UTC; decides which price applies.</param>
public readonly record struct ModelCall(string Model, string Provider, TokenUsage? Tokens, bool IsRetry, bool IsCacheHit, long AtNanos);
