using Assay.Evaluation.Datasets;
using Assay.Evaluation.Prompts;
using Assay.Prices;

namespace Assay.Evaluation.Benchmarks;

/// <summary>A model that is asked once for every case, for the estimate before a run.</summary>
/// <param name="IsJudge">Whether it judges.</param>
/// <param name="Model">The model.</param>
/// <param name="Provider">Who runs it, as price files name it.</param>
/// <param name="PromptCharacters">The length of its prompt without the case.</param>
/// <param name="MaxOutputTokens">The most tokens of its answer; null when not bounded.</param>
internal sealed record PlannedCall(bool IsJudge, string Model, string Provider, int PromptCharacters, int? MaxOutputTokens)
{
    public static PlannedCall Of(bool isJudge, string model, string provider, Prompt prompt) =>
        new(isJudge, model, provider, prompt.System.Length + prompt.User.Length, prompt.MaxOutputTokens);
}

/// <summary>What a run will take, before it begins. A rule of thumb: 4 characters a token; an answer that is not bounded is taken for 300 tokens.</summary>
/// <param name="Calls">Model calls, retries not counted.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens received: at most, where every prompt bounds them (<see cref="OutputIsBounded"/>), else about.</param>
/// <param name="Cost">What known prices make of it; null when a price is unknown or no model is asked.</param>
/// <param name="Unpriced">Models whose price is unknown.</param>
internal sealed record RunEstimate(long Calls, long InputTokens, long OutputTokens, Money? Cost, IReadOnlyList<string> Unpriced)
{
    private const int CharactersPerToken = 4;
    private const int UsualOutputTokens = 300;

    /// <summary>Whether every prompt bounds its answer, so that <see cref="OutputTokens"/> are the most.</summary>
    public bool OutputIsBounded { get; init; } = true;

    public static RunEstimate Of(IReadOnlyList<PlannedCall> calls, DatasetIdentity dataset, int repeats, PriceTable prices, DateTimeOffset now)
    {
        var (asked, input, output, sum) = (0L, 0L, 0L, Money.Zero);
        var unpriced = new List<string>();
        foreach (var call in calls)
        {
            var each = (long)dataset.Cases * repeats;
            var answers = call.IsJudge ? each * UsualOutputTokens : 0;
            var sent = (((dataset.InputCharacters * repeats) + (each * call.PromptCharacters)) / CharactersPerToken) + answers;
            var received = each * (call.MaxOutputTokens ?? UsualOutputTokens);
            (asked, input, output) = (asked + each, input + sent, output + received);
            if (prices.Find(call.Model, call.Provider, now) is { } price && PriceOf(price, sent, received) is { } cost)
            {
                sum += cost;
            }
            else
            {
                unpriced.Add(call.Model);
            }
        }

        return new RunEstimate(asked, input, output, calls.Count == 0 || unpriced.Count > 0 ? null : sum, [.. unpriced.Distinct()])
        {
            OutputIsBounded = calls.All(call => call.MaxOutputTokens is not null),
        };
    }

    // By the price of one token: a whole run has more of them than a call may have (TokenPrices.MaxTokens).
    private static Money? PriceOf(TokenPrices prices, long sent, long received) =>
        prices.CostOf(new TokenUsage(1, 0, 0, 0, 0)) is { } ofInput && prices.CostOf(new TokenUsage(0, 0, 0, 1, 0)) is { } ofOutput
            ? new Money((long)Int128.Min(((Int128)sent * ofInput.Pico) + ((Int128)received * ofOutput.Pico), long.MaxValue))
            : null;
}
