namespace Assay.Prices;

/// <summary>Tokens of a model call. A token is in one kind only: cached input is not in <see cref="Input"/>, reasoning not in <see cref="Output"/>.</summary>
/// <param name="Input">Input tokens at the full price.</param>
/// <param name="CachedInput">Input tokens read from the provider's cache.</param>
/// <param name="CacheWrite">Input tokens written to the provider's cache.</param>
/// <param name="Output">Output tokens without reasoning.</param>
/// <param name="Reasoning">Output tokens spent on reasoning.</param>
public readonly record struct TokenUsage(long Input, long CachedInput, long CacheWrite, long Output, long Reasoning)
{
    /// <summary>All input tokens.</summary>
    public long AllInput => Input + CachedInput + CacheWrite;

    /// <summary>All output tokens.</summary>
    public long AllOutput => Output + Reasoning;

    /// <summary>The sum by kind.</summary>
    public static TokenUsage operator +(TokenUsage a, TokenUsage b) =>
        new(a.Input + b.Input, a.CachedInput + b.CachedInput, a.CacheWrite + b.CacheWrite, a.Output + b.Output, a.Reasoning + b.Reasoning);
}

/// <summary>What is known of the price of a model call.</summary>
public enum Pricing
{
    /// <summary>The price is known.</summary>
    Priced,

    /// <summary>No price file names the model for that day.</summary>
    UnknownModel,

    /// <summary>The sender reported no tokens.</summary>
    UnknownTokens,

    /// <summary>The answer came from the caller's own cache: it cost 0, and <see cref="ModelUse.Cost"/> is what it would have cost.</summary>
    Avoided,
}

/// <summary>What a model call used and cost.</summary>
/// <param name="Model">The model that answered, else the one asked for; empty when the sender named none.</param>
/// <param name="Provider">The provider, such as <c>openai</c>; empty when not given.</param>
/// <param name="Tokens">Tokens by kind.</param>
/// <param name="Pricing">What is known of its price.</param>
/// <param name="Cost">What it cost; what it would have cost when avoided; 0 and without meaning when the price is unknown.</param>
/// <param name="IsRetry">Whether it repeats a call that failed.</param>
public sealed record ModelUse(string Model, string Provider, TokenUsage Tokens, Pricing Pricing, Money Cost, bool IsRetry);

/// <summary>Sums over model calls.</summary>
/// <param name="Calls">Model calls, retries and cache hits included.</param>
/// <param name="Tokens">Tokens by kind, those of cache hits left out.</param>
/// <param name="Cost">What was paid, as far as prices are known; retries included.</param>
/// <param name="RetryCost">The part of <paramref name="Cost"/> that retries took.</param>
/// <param name="Retries">Calls that were retries.</param>
/// <param name="Avoided">What cache hits would have cost.</param>
/// <param name="CacheHits">Calls answered from the caller's cache.</param>
/// <param name="Unpriced">Calls whose price is unknown: the sum says nothing about these.</param>
public readonly record struct ModelUseTotals(
    long Calls,
    TokenUsage Tokens,
    Money Cost,
    Money RetryCost,
    long Retries,
    Money Avoided,
    long CacheHits,
    long Unpriced
)
{
    /// <summary>The totals of one call.</summary>
    public static ModelUseTotals Of(ModelUse use)
    {
        var isHit = use.Pricing == Pricing.Avoided;
        var isPriced = use.Pricing == Pricing.Priced;
        var paid = isPriced ? use.Cost : Money.Zero;
        return new ModelUseTotals(
            1,
            isHit ? default : use.Tokens,
            paid,
            use.IsRetry ? paid : Money.Zero,
            use.IsRetry ? 1 : 0,
            isHit ? use.Cost : Money.Zero,
            isHit ? 1 : 0,
            isPriced || isHit ? 0 : 1
        );
    }

    /// <summary>The sum.</summary>
    public static ModelUseTotals operator +(ModelUseTotals a, ModelUseTotals b) =>
        new(
            a.Calls + b.Calls,
            a.Tokens + b.Tokens,
            a.Cost + b.Cost,
            a.RetryCost + b.RetryCost,
            a.Retries + b.Retries,
            a.Avoided + b.Avoided,
            a.CacheHits + b.CacheHits,
            a.Unpriced + b.Unpriced
        );
}
