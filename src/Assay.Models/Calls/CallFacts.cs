using Assay.Prices;

namespace Assay.Models.Calls;

/// <summary>What one logical model call took, its retries included.</summary>
/// <param name="Model">Who answered, else who was asked; offline models begin with <c>offline/</c>.</param>
/// <param name="DurationMs">From the first attempt to the answer, waits included, in milliseconds; of the call that filled the cache for a cached one.</param>
/// <param name="Attempts">Requests that were sent for it; 0 for a cached answer.</param>
/// <param name="FromCache">Whether the response cache answered.</param>
/// <param name="Tokens">Tokens of all attempts that reported some; null when none did.</param>
/// <param name="Cost">What was paid for it; for a cached answer what it would have cost; null when the price is unknown.</param>
public sealed record CallFacts(string Model, double DurationMs, int Attempts, bool FromCache, TokenUsage? Tokens, Money? Cost);
