using Assay.Prices;

namespace Assay.Telemetry;

/// <summary>Why a call's tokens cannot be told apart.</summary>
public enum TokenFault
{
    /// <summary>They can.</summary>
    None,

    /// <summary>No count of input tokens, or none of output tokens where the operation has output.</summary>
    Missing,

    /// <summary>A count that is no whole number, is negative or above <see cref="TokenPrices.MaxTokens"/>.</summary>
    NotACount,

    /// <summary>More tokens read from and written to the cache than there are input tokens: the sender leaves them out of the input, against the conventions.</summary>
    CacheExceedsInput,

    /// <summary>More reasoning than output: the sender leaves it out of the output, against the conventions.</summary>
    ReasoningExceedsOutput,
}

/// <summary>
/// What the attributes of one span say about a model call or a tool call. Begin with <c>default</c>, hand over each attribute, then ask.
/// It points into the message that is read and allocates nothing.
/// </summary>
public ref struct GenAiCall
{
    private GenAiOperation operation;
    private ReadOnlySpan<byte> responseModel;
    private ReadOnlySpan<byte> requestModel;
    private ReadOnlySpan<byte> provider;
    private int requestModelRank;
    private int providerRank;
    private GenAiCount input;
    private GenAiCount cachedInput;
    private GenAiCount cacheWrite;
    private GenAiCount output;
    private GenAiCount reasoning;

    /// <summary>What is done.</summary>
    public readonly GenAiOperation Operation => operation;

    /// <summary>The model that answered, else the one asked for, in UTF-8; empty when none is named.</summary>
    public readonly ReadOnlySpan<byte> Model => responseModel.IsEmpty ? requestModel : responseModel;

    /// <summary>The provider in UTF-8; empty when not given.</summary>
    public readonly ReadOnlySpan<byte> Provider => provider;

    /// <summary>The tool in UTF-8; empty when none is named.</summary>
    public ReadOnlySpan<byte> ToolName { get; private set; }

    /// <summary>The prompt in UTF-8; empty when none is named.</summary>
    public ReadOnlySpan<byte> PromptName { get; private set; }

    /// <summary>The prompt's version in UTF-8; empty when none is given.</summary>
    public ReadOnlySpan<byte> PromptVersion { get; private set; }

    /// <summary>Whether it repeats a call that failed.</summary>
    public bool IsRetry { get; private set; }

    /// <summary>Whether the caller's own cache answered.</summary>
    public bool IsCacheHit { get; private set; }

    /// <summary>Whether a model was called, or would have been but for a cache: the operation says so or, where none is given, a model and tokens are named.</summary>
    public readonly bool IsModelCall =>
        operation switch
        {
            GenAiOperation.None => !Model.IsEmpty && (input.IsSeen || output.IsSeen),
            GenAiOperation.ExecuteTool or GenAiOperation.Other => false,
            _ => true,
        };

    /// <summary>Whether a tool was run.</summary>
    public readonly bool IsToolCall => operation == GenAiOperation.ExecuteTool;

    /// <summary>What is wrong with the counts.</summary>
    public readonly TokenFault Fault =>
        !input.IsSeen || (!output.IsSeen && HasOutput) ? TokenFault.Missing
        : !(input.IsSane && cachedInput.IsSane && cacheWrite.IsSane && output.IsSane && reasoning.IsSane) ? TokenFault.NotACount
        : cachedInput.Value + cacheWrite.Value > input.Value ? TokenFault.CacheExceedsInput
        : reasoning.Value > output.Value ? TokenFault.ReasoningExceedsOutput
        : TokenFault.None;

    /// <summary>The tokens, each in one kind: cached input is taken out of the input, reasoning out of the output. Null when there is a <see cref="Fault"/>.</summary>
    public readonly TokenUsage? Tokens =>
        Fault == TokenFault.None
            ? new TokenUsage(
                input.Value - cachedInput.Value - cacheWrite.Value,
                cachedInput.Value,
                cacheWrite.Value,
                output.Value - reasoning.Value,
                reasoning.Value
            )
            : null;

    private readonly bool HasOutput => operation is not (GenAiOperation.Embeddings or GenAiOperation.Rerank);

    /// <summary>Takes in an attribute; one that says nothing about a call is passed over.</summary>
    /// <param name="key">The key in UTF-8.</param>
    /// <param name="value">The value; must live as long as this call is used.</param>
    /// <returns>Whether it said something.</returns>
    public bool Read(ReadOnlySpan<byte> key, AttributeValue value)
    {
        var field = GenAiNames.Find(key, out var rank);
        switch (field)
        {
            case GenAiField.None:
                return false;
            case >= GenAiField.InputTokens and <= GenAiField.ReasoningTokens:
                Count(field).Take(value, rank);
                return true;
            case GenAiField.ResendCount:
                IsRetry |= value.TryCount(out var resent) && resent > 0;
                return true;
            case GenAiField.Attempt:
                IsRetry |= value.TryCount(out var attempt) && attempt > 1;
                return true;
            case GenAiField.CacheHit:
                IsCacheHit = value.IsTrue;
                return true;
            default:
                ReadName(field, rank, value.Utf8);
                return true;
        }
    }

    /// <summary>The call to price.</summary>
    /// <param name="model"><see cref="Model"/> as a string, which the caller may share among calls.</param>
    /// <param name="provider"><see cref="Provider"/> as a string.</param>
    /// <param name="atNanos">The span's begin, in nanoseconds since 1970 UTC.</param>
    public readonly ModelCall ToModelCall(string model, string provider, long atNanos) => new(model, provider, Tokens, IsRetry, IsCacheHit, atNanos);

    private void ReadName(GenAiField field, int rank, ReadOnlySpan<byte> text)
    {
        switch (field)
        {
            case GenAiField.Operation:
                operation = GenAiOperations.Read(text);
                break;
            case GenAiField.Provider when provider.IsEmpty || rank < providerRank:
                provider = text;
                providerRank = rank;
                break;
            case GenAiField.ResponseModel:
                responseModel = text;
                break;
            case GenAiField.RequestModel when requestModel.IsEmpty || rank < requestModelRank:
                requestModel = text;
                requestModelRank = rank;
                break;
            case GenAiField.ToolName:
                ToolName = text;
                break;
            case GenAiField.PromptName:
                PromptName = text;
                break;
            case GenAiField.PromptVersion:
                PromptVersion = text;
                break;
        }
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    private ref GenAiCount Count(GenAiField field)
    {
        switch (field)
        {
            case GenAiField.InputTokens:
                return ref input;
            case GenAiField.CachedInputTokens:
                return ref cachedInput;
            case GenAiField.CacheWriteTokens:
                return ref cacheWrite;
            case GenAiField.OutputTokens:
                return ref output;
            default:
                return ref reasoning;
        }
    }
}
