namespace Assay.Prices;

/// <summary>
/// What one token of each kind costs, in 10⁻¹² dollars. A provider that names no price of its own for a kind bills it like the kind
/// it is part of, and so does <see cref="PriceTable"/>: cached input and cache writes like input, reasoning like output.
/// </summary>
/// <param name="Input">Input that is neither read from nor written to a cache.</param>
/// <param name="CachedInput">Input read from the provider's cache.</param>
/// <param name="CacheWrite">Input written to the provider's cache.</param>
/// <param name="Output">Output without reasoning; null when the model has no price for output, as embedding models have none.</param>
/// <param name="Reasoning">Output spent on reasoning; null as for <paramref name="Output"/>.</param>
public readonly record struct TokenPrices(long Input, long CachedInput, long CacheWrite, long? Output, long? Reasoning)
{
    /// <summary>The most tokens of a kind that one call may have: ten times the largest context window on offer.</summary>
    public const long MaxTokens = 100_000_000;

    /// <summary>The highest price: $10,000 for a million tokens. Five kinds of <see cref="MaxTokens"/> at this price stay within <see cref="Money"/>.</summary>
    public const long MaxPicoPerToken = 10_000_000_000;

    /// <summary>
    /// Σ tokens × price, exactly; null when a kind that was used has no price, or a count lies outside 0 to <see cref="MaxTokens"/>.
    /// </summary>
    public Money? CostOf(in TokenUsage tokens) =>
        AreSane(tokens) && IsPriced(tokens.Output, Output) && IsPriced(tokens.Reasoning, Reasoning)
            ? new Money(
                (tokens.Input * Input)
                    + (tokens.CachedInput * CachedInput)
                    + (tokens.CacheWrite * CacheWrite)
                    + (tokens.Output * (Output ?? 0))
                    + (tokens.Reasoning * (Reasoning ?? 0))
            )
            : null;

    /// <summary>Whether every count lies within 0 to <see cref="MaxTokens"/>.</summary>
    public static bool AreSane(in TokenUsage tokens) =>
        IsSane(tokens.Input) && IsSane(tokens.CachedInput) && IsSane(tokens.CacheWrite) && IsSane(tokens.Output) && IsSane(tokens.Reasoning);

    private static bool IsSane(long count) => count is >= 0 and <= MaxTokens;

    private static bool IsPriced(long count, long? price) => count == 0 || price is not null;
}
