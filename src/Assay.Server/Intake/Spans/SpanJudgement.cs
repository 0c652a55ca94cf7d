using System.Text;
using Assay.Stores;

namespace Assay.Server.Intake.Spans;

/// <summary>What a span is: whether a request enters there, and what it is about. Pure.</summary>
internal static class SpanJudgement
{
    // opentelemetry-proto, Span.SpanKind.
    private const ulong Server = 2;
    private const ulong Client = 3;
    private const ulong Producer = 4;
    private const ulong Consumer = 5;

    // opentelemetry-proto, SpanFlags: bit 8 says that bit 9 tells whether the parent is remote.
    private const uint HasIsRemote = 1 << 8;
    private const uint IsRemote = 1 << 9;

    /// <summary>Whether a request enters the service at the span; see <see cref="SpanEvent.IsRequest"/>.</summary>
    public static bool IsRequest(in SpanFacts span, bool hasParent) =>
        !hasParent || span.Kind is Server or Consumer || (span.Flags & (HasIsRemote | IsRemote)) == (HasIsRemote | IsRemote);

    /// <summary>What the span is about; see <see cref="SpanCategory"/>.</summary>
    public static SpanCategory Categorise(in SpanFacts span) =>
        span.Call.IsModelCall ? SpanCategory.Model
        : span.Call.IsToolCall ? SpanCategory.Tool
        : span.Operation.SequenceEqual("retrieval"u8) ? SpanCategory.Retrieval
        : ByLibrary(span.KindByLibrary) ?? (span.Name.StartsWith("rag."u8) || IsVectorStore(span.DatabaseSystem) ? SpanCategory.Retrieval : ByKind(span.Kind));

    // OpenInference writes capitals, OpenLLMetry small letters.
    private static SpanCategory? ByLibrary(ReadOnlySpan<byte> kind) =>
        kind.IsEmpty ? null
        : Is(kind, "LLM"u8) || Is(kind, "EMBEDDING"u8) || Is(kind, "RERANKER"u8) ? SpanCategory.Model
        : Is(kind, "RETRIEVER"u8) ? SpanCategory.Retrieval
        : Is(kind, "TOOL"u8) ? SpanCategory.Tool
        : null;

    // Systems of the semantic conventions' db.system.name that search vectors first of all, and those that the libraries of their makers write.
    private static bool IsVectorStore(ReadOnlySpan<byte> system) =>
        !system.IsEmpty
        && (
            Is(system, "pinecone"u8)
            || Is(system, "qdrant"u8)
            || Is(system, "weaviate"u8)
            || Is(system, "milvus"u8)
            || Is(system, "chroma"u8)
            || Is(system, "elasticsearch"u8)
            || Is(system, "opensearch"u8)
            || Is(system, "pgvector"u8)
            || Is(system, "lancedb"u8)
            || Is(system, "marqo"u8)
            || Is(system, "vespa"u8)
        );

    private static SpanCategory ByKind(ulong kind) =>
        kind switch
        {
            Server or Consumer => SpanCategory.Server,
            Client or Producer => SpanCategory.Client,
            _ => SpanCategory.Internal,
        };

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(text, other);
}
