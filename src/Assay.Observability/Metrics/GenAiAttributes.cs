namespace Assay.Observability.Metrics;

/// <summary>
/// Names that spans of model calls and tools are sent with: those of the released conventions, <see cref="Assay.Telemetry.GenAiProfile.V1_41"/>, so that other
/// receivers know them too; <c>assay.*</c> is ours. <see cref="Assay.Telemetry.GenAiNames"/> reads these and the newer ones.
/// </summary>
internal static class GenAiAttributes
{
    public const string Operation = "gen_ai.operation.name";
    public const string Provider = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string ResponseModel = "gen_ai.response.model";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string CachedInputTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string CacheWriteTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string PromptName = "gen_ai.prompt.name";
    public const string PromptVersion = "gen_ai.prompt.version";
    public const string ToolName = "gen_ai.tool.name";
    public const string ErrorType = "error.type";

    public const string ScoreKind = "assay.score.kind";
    public const string Prompt = "assay.prompt";
    public const string CacheHit = "assay.cache.hit";
    public const string Attempt = "assay.attempt";
}
