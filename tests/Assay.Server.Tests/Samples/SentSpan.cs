namespace Assay.Server.Tests.Samples;

/// <summary>A span as it came over OTLP.</summary>
internal sealed record SentSpan(
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    IReadOnlyDictionary<string, object?> Attributes,
    IReadOnlyList<SentEvent> Events,
    long StatusCode
);

/// <summary>An event of a span.</summary>
internal sealed record SentEvent(string Name, IReadOnlyDictionary<string, object?> Attributes);

/// <summary>A log record as it came over OTLP.</summary>
internal sealed record SentLog(string TraceId, string Body, IReadOnlyDictionary<string, object?> Attributes);
