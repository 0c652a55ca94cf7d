namespace Assay.Server.Intake.Wire;

// Field numbers times 8 plus wire type, from opentelemetry-proto 1.7 (opentelemetry/proto/{collector,common,resource,trace,logs}/...).

/// <summary>ExportTraceServiceRequest, ExportLogsServiceRequest and their responses have the same numbers.</summary>
internal static class ExportTag
{
    public const uint Resources = (1 << 3) | WireType.Bytes;
    public const uint PartialSuccess = (1 << 3) | WireType.Bytes;
    public const uint RejectedCount = (1 << 3) | WireType.Varint;
    public const uint ErrorMessage = (2 << 3) | WireType.Bytes;
}

/// <summary>ResourceSpans and ResourceLogs.</summary>
internal static class ResourceGroupTag
{
    public const uint Resource = (1 << 3) | WireType.Bytes;
    public const uint Scopes = (2 << 3) | WireType.Bytes;
    public const uint SchemaUrl = (3 << 3) | WireType.Bytes;
}

/// <summary>ScopeSpans and ScopeLogs.</summary>
internal static class ScopeGroupTag
{
    public const uint Scope = (1 << 3) | WireType.Bytes;
    public const uint Items = (2 << 3) | WireType.Bytes;
    public const uint SchemaUrl = (3 << 3) | WireType.Bytes;
}

/// <summary>Resource.</summary>
internal static class ResourceTag
{
    public const uint Attributes = (1 << 3) | WireType.Bytes;
    public const uint DroppedAttributes = (2 << 3) | WireType.Varint;
}

/// <summary>InstrumentationScope.</summary>
internal static class ScopeTag
{
    public const uint Name = (1 << 3) | WireType.Bytes;
    public const uint Version = (2 << 3) | WireType.Bytes;
    public const uint Attributes = (3 << 3) | WireType.Bytes;
    public const uint DroppedAttributes = (4 << 3) | WireType.Varint;
}

/// <summary>Span.</summary>
internal static class SpanTag
{
    public const uint TraceId = (1 << 3) | WireType.Bytes;
    public const uint SpanId = (2 << 3) | WireType.Bytes;
    public const uint TraceState = (3 << 3) | WireType.Bytes;
    public const uint ParentSpanId = (4 << 3) | WireType.Bytes;
    public const uint Name = (5 << 3) | WireType.Bytes;
    public const uint Kind = (6 << 3) | WireType.Varint;
    public const uint Start = (7 << 3) | WireType.Fixed64;
    public const uint End = (8 << 3) | WireType.Fixed64;
    public const uint Attributes = (9 << 3) | WireType.Bytes;
    public const uint DroppedAttributes = (10 << 3) | WireType.Varint;
    public const uint Events = (11 << 3) | WireType.Bytes;
    public const uint DroppedEvents = (12 << 3) | WireType.Varint;
    public const uint Links = (13 << 3) | WireType.Bytes;
    public const uint DroppedLinks = (14 << 3) | WireType.Varint;
    public const uint Status = (15 << 3) | WireType.Bytes;
    public const uint Flags = (16 << 3) | WireType.Fixed32;
}

/// <summary>Span.Event.</summary>
internal static class EventTag
{
    public const uint Time = (1 << 3) | WireType.Fixed64;
    public const uint Name = (2 << 3) | WireType.Bytes;
    public const uint Attributes = (3 << 3) | WireType.Bytes;
    public const uint DroppedAttributes = (4 << 3) | WireType.Varint;
}

/// <summary>Span.Link.</summary>
internal static class LinkTag
{
    public const uint TraceId = (1 << 3) | WireType.Bytes;
    public const uint SpanId = (2 << 3) | WireType.Bytes;
    public const uint TraceState = (3 << 3) | WireType.Bytes;
    public const uint Attributes = (4 << 3) | WireType.Bytes;
    public const uint DroppedAttributes = (5 << 3) | WireType.Varint;
    public const uint Flags = (6 << 3) | WireType.Fixed32;
}

/// <summary>Status.</summary>
internal static class StatusTag
{
    public const uint Message = (2 << 3) | WireType.Bytes;
    public const uint Code = (3 << 3) | WireType.Varint;
}

/// <summary>LogRecord.</summary>
internal static class LogTag
{
    public const uint Time = (1 << 3) | WireType.Fixed64;
    public const uint SeverityNumber = (2 << 3) | WireType.Varint;
    public const uint SeverityText = (3 << 3) | WireType.Bytes;
    public const uint Body = (5 << 3) | WireType.Bytes;
    public const uint Attributes = (6 << 3) | WireType.Bytes;
    public const uint DroppedAttributes = (7 << 3) | WireType.Varint;
    public const uint Flags = (8 << 3) | WireType.Fixed32;
    public const uint TraceId = (9 << 3) | WireType.Bytes;
    public const uint SpanId = (10 << 3) | WireType.Bytes;
    public const uint ObservedTime = (11 << 3) | WireType.Fixed64;
    public const uint EventName = (12 << 3) | WireType.Bytes;
}

/// <summary>KeyValue.</summary>
internal static class KeyValueTag
{
    public const uint Key = (1 << 3) | WireType.Bytes;
    public const uint Value = (2 << 3) | WireType.Bytes;
}

/// <summary>AnyValue.</summary>
internal static class AnyValueTag
{
    public const uint Text = (1 << 3) | WireType.Bytes;
    public const uint Bool = (2 << 3) | WireType.Varint;
    public const uint Int = (3 << 3) | WireType.Varint;
    public const uint Double = (4 << 3) | WireType.Fixed64;
    public const uint Array = (5 << 3) | WireType.Bytes;
    public const uint Map = (6 << 3) | WireType.Bytes;
    public const uint Bytes = (7 << 3) | WireType.Bytes;
}

/// <summary>ArrayValue and KeyValueList.</summary>
internal static class ListTag
{
    public const uint Items = (1 << 3) | WireType.Bytes;
}
