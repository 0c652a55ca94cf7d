namespace Assay.Telemetry;

/// <summary>What a span of generative AI does: <c>gen_ai.operation.name</c>.</summary>
public enum GenAiOperation
{
    /// <summary>The span does not say.</summary>
    None,

    /// <summary><c>chat</c></summary>
    Chat,

    /// <summary><c>text_completion</c></summary>
    TextCompletion,

    /// <summary><c>generate_content</c></summary>
    GenerateContent,

    /// <summary><c>embeddings</c>, or <c>embedding</c> as some write it.</summary>
    Embeddings,

    /// <summary><c>rerank</c>; not in the conventions.</summary>
    Rerank,

    /// <summary><c>execute_tool</c></summary>
    ExecuteTool,

    /// <summary>Anything else: agents, workflows, retrieval. Their tokens are sums of model calls that have spans of their own.</summary>
    Other,
}

/// <summary>Reading of operations.</summary>
internal static class GenAiOperations
{
    public static GenAiOperation Read(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("chat"u8) ? GenAiOperation.Chat
        : name.SequenceEqual("embeddings"u8) || name.SequenceEqual("embedding"u8) ? GenAiOperation.Embeddings
        : name.SequenceEqual("execute_tool"u8) ? GenAiOperation.ExecuteTool
        : name.SequenceEqual("rerank"u8) ? GenAiOperation.Rerank
        : name.SequenceEqual("text_completion"u8) ? GenAiOperation.TextCompletion
        : name.SequenceEqual("generate_content"u8) ? GenAiOperation.GenerateContent
        : name.IsEmpty ? GenAiOperation.None
        : GenAiOperation.Other;
}
