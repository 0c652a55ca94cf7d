using Assay.Prices;

namespace Assay.Stores;

/// <summary>What a span is about; decides its colour in the waterfall and the series that it enters.</summary>
public enum SpanCategory
{
    /// <summary>Work inside the process.</summary>
    Internal,

    /// <summary>A request that the service answers (kind server or consumer).</summary>
    Server,

    /// <summary>A call to another service that is no model.</summary>
    Client,

    /// <summary>Searching: <c>rag.*</c> stages and database calls of vector stores.</summary>
    Retrieval,

    /// <summary>A call to a model: <c>gen_ai.operation.name</c> chat, text_completion, embeddings, generate_content, rerank.</summary>
    Model,

    /// <summary>A tool run by an agent: <c>gen_ai.operation.name</c> execute_tool.</summary>
    Tool,
}

/// <summary>A finished span, as far as the store searches and sums it; the whole span is in <see cref="Body"/>. Its key is trace id and span id.</summary>
public sealed record SpanEvent
{
    /// <summary>The trace.</summary>
    public required TraceId Trace { get; init; }

    /// <summary>The span; unique within its trace.</summary>
    public required SpanId Span { get; init; }

    /// <summary>The parent span; not present for a root.</summary>
    public SpanId Parent { get; init; }

    /// <summary>
    /// Whether a request enters the service here: the span has no parent, its parent is in another process, or its kind is server or consumer.
    /// Such spans are the requests that are listed, counted and judged by SLOs.
    /// </summary>
    public bool IsRequest { get; init; }

    /// <summary>Who sent it.</summary>
    public required TelemetrySource Source { get; init; }

    /// <summary>The span's name, low in cardinality: <c>POST /ask</c>, <c>rag.dense</c>. For a tool <c>execute_tool</c> and the tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public SpanCategory Category { get; init; }

    /// <summary>Begin, in nanoseconds since 1970 UTC.</summary>
    public required long StartNanos { get; init; }

    /// <summary>Duration in nanoseconds, never negative.</summary>
    public required long DurationNanos { get; init; }

    /// <summary>Whether the span's status is error.</summary>
    public bool Failed { get; init; }

    /// <summary>The caller's correlation id; empty when there is none.</summary>
    public string CorrelationId { get; init; } = "";

    /// <summary>Flags and variants that were active, <c>flag=variant</c> joined by commas in order of the flag; empty when there are none.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The prompt as <c>name@version</c>; empty when there is none.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>
    /// Why the stage could not do its own work and its caller went on without it; empty when it did it, null when the span does not say.
    /// </summary>
    public string? Fallback { get; init; }

    /// <summary>What a model call used and cost; null for spans that call no model.</summary>
    public ModelUse? Use { get; init; }

    /// <summary>The span as an OTLP protobuf message, without its outer tag; opaque to a store.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
