using Assay.Prices;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Traces;

/// <summary>Tokens of one kind of a call.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Tokens">How many.</param>
/// <param name="PicoPerToken">Their price in 10⁻¹² dollars; null when unknown.</param>
internal sealed record TokenKind(Phrase Name, long Tokens, long? PicoPerToken)
{
    /// <summary>Dollars for a million.</summary>
    public double? PerMillion => PicoPerToken / 1e6;

    public Money? Cost => PicoPerToken is { } price ? new Money(price * Tokens) : null;

    public static IReadOnlyList<TokenKind> Of(in TokenUsage tokens, TokenPrices? prices) =>
        [
            new(new("Input", "Вход"), tokens.Input, prices?.Input),
            new(new("Cached input", "Вход из кэша"), tokens.CachedInput, prices?.CachedInput),
            new(new("Cache write", "Запись в кэш"), tokens.CacheWrite, prices?.CacheWrite),
            new(new("Output", "Выход"), tokens.Output, prices?.Output),
            new(new("Reasoning", "Рассуждение"), tokens.Reasoning, prices?.Reasoning),
        ];
}
