using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Json;

/// <summary>The messages of OTLP as JSON has them; opentelemetry-proto 1.7.</summary>
internal static class OtlpSchema
{
    private static readonly string[] SpanKinds =
    [
        "SPAN_KIND_UNSPECIFIED",
        "SPAN_KIND_INTERNAL",
        "SPAN_KIND_SERVER",
        "SPAN_KIND_CLIENT",
        "SPAN_KIND_PRODUCER",
        "SPAN_KIND_CONSUMER",
    ];

    private static readonly string[] StatusCodes = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];

    private static readonly string[] Severities =
    [
        "SEVERITY_NUMBER_UNSPECIFIED",
        .. new[] { "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL" }.SelectMany(l => new[] { "", "2", "3", "4" }.Select(n => $"SEVERITY_NUMBER_{l}{n}")),
    ];

    private static readonly JsonMessage AnyValue = new(
        new("stringValue", AnyValueTag.Text, JsonKind.Text),
        new("boolValue", AnyValueTag.Bool, JsonKind.Bool),
        new("intValue", AnyValueTag.Int, JsonKind.Varint),
        new("doubleValue", AnyValueTag.Double, JsonKind.Double),
        new("arrayValue", AnyValueTag.Array, JsonKind.Message, () => ArrayValue!),
        new("kvlistValue", AnyValueTag.Map, JsonKind.Message, () => KeyValueList!),
        new("bytesValue", AnyValueTag.Bytes, JsonKind.Bytes)
    );

    private static readonly JsonMessage KeyValue = new(
        new("key", KeyValueTag.Key, JsonKind.Text),
        new("value", KeyValueTag.Value, JsonKind.Message, () => AnyValue)
    );

    private static readonly JsonMessage ArrayValue = new(Many("values", ListTag.Items, () => AnyValue));
    private static readonly JsonMessage KeyValueList = new(Many("values", ListTag.Items, () => KeyValue));

    private static readonly JsonMessage Resource = new(
        Attributes(ResourceTag.Attributes),
        new("droppedAttributesCount", ResourceTag.DroppedAttributes, JsonKind.Varint)
    );

    private static readonly JsonMessage Scope = new(
        new("name", ScopeTag.Name, JsonKind.Text),
        new("version", ScopeTag.Version, JsonKind.Text),
        Attributes(ScopeTag.Attributes),
        new("droppedAttributesCount", ScopeTag.DroppedAttributes, JsonKind.Varint)
    );

    private static readonly JsonMessage Event = new(
        new("timeUnixNano", EventTag.Time, JsonKind.Fixed64),
        new("name", EventTag.Name, JsonKind.Text),
        Attributes(EventTag.Attributes),
        new("droppedAttributesCount", EventTag.DroppedAttributes, JsonKind.Varint)
    );

    private static readonly JsonMessage Link = new(
        new("traceId", LinkTag.TraceId, JsonKind.Id),
        new("spanId", LinkTag.SpanId, JsonKind.Id),
        new("traceState", LinkTag.TraceState, JsonKind.Text),
        Attributes(LinkTag.Attributes),
        new("droppedAttributesCount", LinkTag.DroppedAttributes, JsonKind.Varint),
        new("flags", LinkTag.Flags, JsonKind.Fixed32)
    );

    private static readonly JsonMessage Status = new(
        new("message", StatusTag.Message, JsonKind.Text),
        new("code", StatusTag.Code, JsonKind.Enum, Names: StatusCodes)
    );

    private static readonly JsonMessage Span = new(
        new("traceId", SpanTag.TraceId, JsonKind.Id),
        new("spanId", SpanTag.SpanId, JsonKind.Id),
        new("traceState", SpanTag.TraceState, JsonKind.Text),
        new("parentSpanId", SpanTag.ParentSpanId, JsonKind.Id),
        new("name", SpanTag.Name, JsonKind.Text),
        new("kind", SpanTag.Kind, JsonKind.Enum, Names: SpanKinds),
        new("startTimeUnixNano", SpanTag.Start, JsonKind.Fixed64),
        new("endTimeUnixNano", SpanTag.End, JsonKind.Fixed64),
        Attributes(SpanTag.Attributes),
        new("droppedAttributesCount", SpanTag.DroppedAttributes, JsonKind.Varint),
        Many("events", SpanTag.Events, () => Event),
        new("droppedEventsCount", SpanTag.DroppedEvents, JsonKind.Varint),
        Many("links", SpanTag.Links, () => Link),
        new("droppedLinksCount", SpanTag.DroppedLinks, JsonKind.Varint),
        new("status", SpanTag.Status, JsonKind.Message, () => Status),
        new("flags", SpanTag.Flags, JsonKind.Fixed32)
    );

    private static readonly JsonMessage LogRecord = new(
        new("timeUnixNano", LogTag.Time, JsonKind.Fixed64),
        new("observedTimeUnixNano", LogTag.ObservedTime, JsonKind.Fixed64),
        new("severityNumber", LogTag.SeverityNumber, JsonKind.Enum, Names: Severities),
        new("severityText", LogTag.SeverityText, JsonKind.Text),
        new("body", LogTag.Body, JsonKind.Message, () => AnyValue),
        Attributes(LogTag.Attributes),
        new("droppedAttributesCount", LogTag.DroppedAttributes, JsonKind.Varint),
        new("flags", LogTag.Flags, JsonKind.Fixed32),
        new("traceId", LogTag.TraceId, JsonKind.Id),
        new("spanId", LogTag.SpanId, JsonKind.Id),
        new("eventName", LogTag.EventName, JsonKind.Text)
    );

    /// <summary>ExportTraceServiceRequest.</summary>
    public static readonly JsonMessage Traces = Request("resourceSpans", "scopeSpans", "spans", Span);

    /// <summary>ExportLogsServiceRequest.</summary>
    public static readonly JsonMessage Logs = Request("resourceLogs", "scopeLogs", "logRecords", LogRecord);

    private static JsonMessage Request(string resources, string scopes, string items, JsonMessage item)
    {
        var scope = new JsonMessage(
            new("scope", ScopeGroupTag.Scope, JsonKind.Message, () => Scope),
            Many(items, ScopeGroupTag.Items, () => item),
            new("schemaUrl", ScopeGroupTag.SchemaUrl, JsonKind.Text)
        );
        var resource = new JsonMessage(
            new("resource", ResourceGroupTag.Resource, JsonKind.Message, () => Resource),
            Many(scopes, ResourceGroupTag.Scopes, () => scope),
            new("schemaUrl", ResourceGroupTag.SchemaUrl, JsonKind.Text)
        );
        return new JsonMessage(Many(resources, ExportTag.Resources, () => resource));
    }

    private static JsonField Attributes(uint tag) => Many("attributes", tag, () => KeyValue);

    private static JsonField Many(string name, uint tag, Func<JsonMessage> of) => new(name, tag, JsonKind.Message, of) { IsRepeated = true };
}
