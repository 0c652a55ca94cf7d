namespace Assay.Server.Intake.Content;

/// <summary>
/// Attributes and events that carry what people wrote or models answered. Sources: OpenTelemetry's semantic conventions for generative AI
/// (attributes, and the events of versions before 1.37), OpenInference's semantic conventions, and OpenLLMetry's attributes.
/// </summary>
internal static class ContentNames
{
    /// <summary>Whether an attribute carries content.</summary>
    public static bool IsAttribute(ReadOnlySpan<byte> key) =>
        key.Length >= 10
        && key[0] switch
        {
            (byte)'g' => key.StartsWith("gen_ai."u8) && IsGenAi(key[7..]),
            (byte)'l' => key.StartsWith("llm."u8) && IsLlm(key[4..]),
            (byte)'t' => key.StartsWith("traceloop.entity.input"u8) || key.StartsWith("traceloop.entity.output"u8),
            (byte)'i' => key.SequenceEqual("input.value"u8),
            (byte)'o' => key.SequenceEqual("output.value"u8),
            (byte)'r' => key.StartsWith("retrieval.documents"u8) || key.StartsWith("reranker.query"u8) || IsRerankerDocuments(key),
            (byte)'e' => key.StartsWith("embedding.text"u8) || key.StartsWith("embedding.embeddings"u8),
            (byte)'d' => key.SequenceEqual("document.content"u8),
            (byte)'m' => key.StartsWith("message.content"u8),
            _ => false,
        };

    /// <summary>Whether an event, or a log record with that event name, is content as a whole.</summary>
    public static bool IsEvent(ReadOnlySpan<byte> name) =>
        name.StartsWith("gen_ai."u8)
        && (
            name.StartsWith("gen_ai.content."u8)
            || name.SequenceEqual("gen_ai.user.message"u8)
            || name.SequenceEqual("gen_ai.system.message"u8)
            || name.SequenceEqual("gen_ai.assistant.message"u8)
            || name.SequenceEqual("gen_ai.tool.message"u8)
            || name.SequenceEqual("gen_ai.choice"u8)
        );

    private static bool IsGenAi(ReadOnlySpan<byte> rest) =>
        rest[0] switch
        {
            (byte)'i' => rest.StartsWith("input.messages"u8),
            (byte)'o' => rest.StartsWith("output.messages"u8),
            (byte)'s' => rest.StartsWith("system_instructions"u8),
            // gen_ai.prompt.name and gen_ai.prompt.version say which prompt, not what it says.
            (byte)'p' => rest.StartsWith("prompt"u8) && !rest.SequenceEqual("prompt.name"u8) && !rest.SequenceEqual("prompt.version"u8),
            (byte)'c' => rest.StartsWith("completion"u8),
            (byte)'t' => rest.StartsWith("tool.call.arguments"u8) || rest.StartsWith("tool.call.result"u8),
            (byte)'r' => rest.StartsWith("retrieval.documents"u8) || rest.StartsWith("retrieval.query"u8),
            _ => false,
        };

    private static bool IsLlm(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("input_messages"u8)
        || rest.StartsWith("output_messages"u8)
        || rest.StartsWith("prompts"u8)
        || rest.StartsWith("completions"u8)
        || rest.StartsWith("prompt_template.variables"u8)
        || rest.StartsWith("function_call"u8);

    private static bool IsRerankerDocuments(ReadOnlySpan<byte> key) =>
        key.StartsWith("reranker.input_documents"u8) || key.StartsWith("reranker.output_documents"u8);
}
