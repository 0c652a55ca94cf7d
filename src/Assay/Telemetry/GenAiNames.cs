using System.Text;

namespace Assay.Telemetry;

/// <summary>A state of OpenTelemetry's conventions for generative AI. Both are read side by side; a sender need not say which it follows.</summary>
public enum GenAiProfile
{
    /// <summary>Semantic conventions 1.41.0, the last release that defined them in open-telemetry/semantic-conventions (model/gen-ai/registry.yaml).</summary>
    V1_41,

    /// <summary>
    /// The repository they moved to, open-telemetry/semantic-conventions-genai, which has no release yet. It renamed
    /// cache_creation to cache_write (its change 440).
    /// </summary>
    Latest,
}

/// <summary>What an attribute of a model call or tool call tells.</summary>
public enum GenAiField
{
    /// <summary>Nothing that is read.</summary>
    None,

    /// <summary>What was done: <see cref="GenAiOperation"/>.</summary>
    Operation,

    /// <summary>Who ran the model.</summary>
    Provider,

    /// <summary>The model that answered.</summary>
    ResponseModel,

    /// <summary>The model that was asked for.</summary>
    RequestModel,

    /// <summary>All input tokens, cached ones included.</summary>
    InputTokens,

    /// <summary>Input tokens read from the provider's cache.</summary>
    CachedInputTokens,

    /// <summary>Input tokens written to the provider's cache.</summary>
    CacheWriteTokens,

    /// <summary>All output tokens, reasoning included.</summary>
    OutputTokens,

    /// <summary>Output tokens spent on reasoning.</summary>
    ReasoningTokens,

    /// <summary>The tool that was run.</summary>
    ToolName,

    /// <summary>The prompt.</summary>
    PromptName,

    /// <summary>The prompt's version.</summary>
    PromptVersion,

    /// <summary>How often an HTTP request was sent again, 0 for the first time.</summary>
    ResendCount,

    /// <summary>Which attempt this is, 1 for the first.</summary>
    Attempt,

    /// <summary>Whether the caller's own cache answered.</summary>
    CacheHit,
}

/// <summary>A name under which something is reported.</summary>
/// <param name="Key">The attribute's key.</param>
/// <param name="Field">What it tells.</param>
/// <param name="Rank">0 for the name in force; where a span has several names of one field, the lowest rank is read.</param>
/// <param name="Source">Who defines it.</param>
public sealed record GenAiName(string Key, GenAiField Field, int Rank, string Source);

/// <summary>Names of attributes and events of the conventions for generative AI, the older ones that are still sent, and which of them is read first.</summary>
public static class GenAiNames
{
    /// <summary>The event that carries a score of an answer; an event of the span that was scored, or a log record.</summary>
    public const string EvaluationEvent = "gen_ai.evaluation.result";

    /// <summary>What was scored.</summary>
    public const string EvaluationName = "gen_ai.evaluation.name";

    /// <summary>The score.</summary>
    public const string EvaluationValue = "gen_ai.evaluation.score.value";

    /// <summary>A word for the score.</summary>
    public const string EvaluationLabel = "gen_ai.evaluation.score.label";

    /// <summary>Why.</summary>
    public const string EvaluationReason = "gen_ai.evaluation.explanation";

    private const string V141 = "semantic conventions 1.41.0";
    private const string Both = "semantic conventions 1.41.0 and later";
    private const string Later = "semantic-conventions-genai";
    private const string Before127 = "semantic conventions before 1.27";
    private const string Before137 = "semantic conventions before 1.37";
    private const string OpenLlmetry = "OpenLLMetry";
    private const string OpenInference = "OpenInference";
    private const string Sentry = "Sentry";
    private const string Assay = "Assay";

    /// <summary>Every name that is read.</summary>
    public static readonly IReadOnlyList<GenAiName> All =
    [
        new("gen_ai.operation.name", GenAiField.Operation, 0, Both),
        new("gen_ai.provider.name", GenAiField.Provider, 0, Both),
        new("gen_ai.system", GenAiField.Provider, 1, Before137),
        new("llm.provider", GenAiField.Provider, 2, OpenInference),
        new("gen_ai.response.model", GenAiField.ResponseModel, 0, Both),
        new("gen_ai.request.model", GenAiField.RequestModel, 0, Both),
        new("llm.model_name", GenAiField.RequestModel, 1, OpenInference),
        new("gen_ai.usage.input_tokens", GenAiField.InputTokens, 0, Both),
        new("gen_ai.usage.prompt_tokens", GenAiField.InputTokens, 1, Before127),
        new("llm.token_count.prompt", GenAiField.InputTokens, 2, OpenInference),
        new("gen_ai.usage.cache_read.input_tokens", GenAiField.CachedInputTokens, 0, Both),
        new("gen_ai.usage.cache_read_input_tokens", GenAiField.CachedInputTokens, 1, OpenLlmetry),
        new("gen_ai.usage.input_tokens.cached", GenAiField.CachedInputTokens, 2, Sentry),
        new("llm.token_count.prompt_details.cache_read", GenAiField.CachedInputTokens, 3, OpenInference),
        new("gen_ai.usage.cache_write.input_tokens", GenAiField.CacheWriteTokens, 0, Later),
        new("gen_ai.usage.cache_creation.input_tokens", GenAiField.CacheWriteTokens, 1, V141),
        new("gen_ai.usage.cache_creation_input_tokens", GenAiField.CacheWriteTokens, 2, OpenLlmetry),
        new("gen_ai.usage.input_tokens.cache_write", GenAiField.CacheWriteTokens, 3, Sentry),
        new("llm.token_count.prompt_details.cache_write", GenAiField.CacheWriteTokens, 4, OpenInference),
        new("gen_ai.usage.output_tokens", GenAiField.OutputTokens, 0, Both),
        new("gen_ai.usage.completion_tokens", GenAiField.OutputTokens, 1, Before127),
        new("llm.token_count.completion", GenAiField.OutputTokens, 2, OpenInference),
        new("gen_ai.usage.reasoning.output_tokens", GenAiField.ReasoningTokens, 0, Both),
        new("gen_ai.usage.reasoning_tokens", GenAiField.ReasoningTokens, 1, OpenLlmetry),
        new("gen_ai.usage.output_tokens.reasoning", GenAiField.ReasoningTokens, 2, Sentry),
        new("llm.token_count.completion_details.reasoning", GenAiField.ReasoningTokens, 3, OpenInference),
        new("gen_ai.tool.name", GenAiField.ToolName, 0, Both),
        new("gen_ai.prompt.name", GenAiField.PromptName, 0, Both),
        new("gen_ai.prompt.version", GenAiField.PromptVersion, 0, Later),
        new("http.request.resend_count", GenAiField.ResendCount, 0, Both),
        new("assay.attempt", GenAiField.Attempt, 0, Assay),
        new("assay.cache.hit", GenAiField.CacheHit, 0, Assay),
    ];

    private static readonly Utf8Name[][] ByLength = Sort();

    /// <summary>The name of a field that a sender of a profile uses.</summary>
    /// <exception cref="KeyNotFoundException">The profile has no name for the field.</exception>
    public static string Of(GenAiField field, GenAiProfile profile) =>
        All.FirstOrDefault(name => name.Field == field && name.Source != (profile == GenAiProfile.V1_41 ? Later : V141))?.Key
        ?? throw new KeyNotFoundException($"No attribute tells {field}.");

    /// <summary>What an attribute tells, by its key in UTF-8. Allocates nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="rank">See <see cref="GenAiName.Rank"/>.</param>
    public static GenAiField Find(ReadOnlySpan<byte> key, out int rank)
    {
        foreach (var name in key.Length < ByLength.Length ? ByLength[key.Length] : [])
        {
            if (key.SequenceEqual(name.Key))
            {
                rank = name.Rank;
                return name.Field;
            }
        }

        rank = 0;
        return GenAiField.None;
    }

    private static Utf8Name[][] Sort()
    {
        var longest = All.Max(name => name.Key.Length);
        var sorted = All.ToLookup(name => name.Key.Length, name => new Utf8Name(Encoding.UTF8.GetBytes(name.Key), name.Field, name.Rank));
        return [.. Enumerable.Range(0, longest + 1).Select(length => sorted[length].ToArray())];
    }

    private sealed record Utf8Name(byte[] Key, GenAiField Field, int Rank);
}
