using Assay.Models.Calls;
using Assay.Prices;
using Microsoft.Extensions.AI;

namespace Assay.Models.Chat;

/// <summary>What travels with a chat call besides its messages, in both directions.</summary>
public static class ChatFacts
{
    private const string Call = "assay.call";
    private const string Prompt = "assay.prompt";
    private const string Repeat = "assay.repeat";

    /// <summary>What the call took; for a client that is not Assay's, what its response says, at an unknown price.</summary>
    public static CallFacts Facts(this ChatResponse response) =>
        response.AdditionalProperties?.TryGetValue(Call, out var found) == true && found is CallFacts facts
            ? facts
            : new CallFacts(response.ModelId ?? "", DurationMs: 0, Attempts: 1, FromCache: false, Tokens(response.Usage), Cost: null);

    /// <summary>Says with which prompt and for which repeat the call is made: both are part of the cache key and stand on its span.</summary>
    /// <param name="options">The options to add to.</param>
    /// <param name="prompt"><c>name@version</c>.</param>
    /// <param name="repeat">From 0.</param>
    public static ChatOptions For(this ChatOptions options, string prompt, int repeat)
    {
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[Prompt] = prompt;
        options.AdditionalProperties[Repeat] = repeat;
        return options;
    }

    /// <summary>The prompt that <see cref="For"/> named; empty when none was.</summary>
    internal static string PromptOf(ChatOptions? options) => options?.AdditionalProperties?.TryGetValue(Prompt, out var found) == true ? (string)found! : "";

    /// <summary>The repeat that <see cref="For"/> named; 0 when none was.</summary>
    internal static int RepeatOf(ChatOptions? options) => options?.AdditionalProperties?.TryGetValue(Repeat, out var found) == true ? (int)found! : 0;

    /// <summary>Lets a response carry what it took.</summary>
    internal static ChatResponse With(this ChatResponse response, CallFacts facts)
    {
        response.AdditionalProperties ??= [];
        response.AdditionalProperties[Call] = facts;
        return response;
    }

    /// <summary>Tokens by kind; null when the response reported none.</summary>
    internal static TokenUsage? Tokens(UsageDetails? usage)
    {
        if (usage is not { InputTokenCount: { } input, OutputTokenCount: { } output })
        {
            return null;
        }

        var cached = usage.CachedInputTokenCount ?? 0;
        var reasoning = usage.ReasoningTokenCount ?? 0;
        return new TokenUsage(input - cached, cached, 0, output - reasoning, reasoning);
    }
}
