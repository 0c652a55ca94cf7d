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
/// <param name="OutputTokens">Tokens received at most, as far as prompts bound them.</param>
/// <param name="Cost">What known prices make of it; null when a price is unknown or no model is asked.</param>
/// <param name="Unpriced">Models whose price is unknown.</param>
internal sealed record RunEstimate(long Calls, long InputTokens, long OutputTokens, Money? Cost, IReadOnlyList<string> Unpriced)
{
    private const int CharactersPerToken = 4;
    private const int UsualOutputTokens = 300;

    public static RunEstimate Of(IReadOnlyList<PlannedCall> calls, DatasetIdentity dataset, int repeats, PriceTable prices, DateTimeOffset now)
    {
        var (asked, input, output, pico) = (0L, 0L, 0L, 0L);
        var unpriced = new List<string>();
        foreach (var call in calls)
        {
            var each = (long)dataset.Cases * repeats;
            var answers = call.IsJudge ? each * UsualOutputTokens : 0;
            var sent = (((dataset.InputCharacters * repeats) + (each * call.PromptCharacters)) / CharactersPerToken) + answers;
            var received = each * (call.MaxOutputTokens ?? UsualOutputTokens);
            (asked, input, output) = (asked + each, input + sent, output + received);
            if (prices.Find(call.Model, call.Provider, now)?.CostOf(new TokenUsage(sent, 0, 0, received, 0)) is { } cost)
            {
                pico += cost.Pico;
            }
            else
            {
                unpriced.Add(call.Model);
            }
        }

        return new RunEstimate(asked, input, output, calls.Count == 0 || unpriced.Count > 0 ? null : new Money(pico), [.. unpriced.Distinct()]);
    }
}
