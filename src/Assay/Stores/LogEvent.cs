namespace Assay.Stores;

/// <summary>How severe a log record is: OpenTelemetry's severity ranges.</summary>
public enum LogSeverity
{
    /// <summary>Severity numbers 1 to 4, or none.</summary>
    Trace,

    /// <summary>Severity numbers 5 to 8.</summary>
    Debug,

    /// <summary>Severity numbers 9 to 12.</summary>
    Information,

    /// <summary>Severity numbers 13 to 16.</summary>
    Warning,

    /// <summary>Severity numbers 17 to 20.</summary>
    Error,

    /// <summary>Severity numbers 21 to 24.</summary>
    Critical,
}

/// <summary>A log record.</summary>
public sealed record LogEvent
{
    /// <summary>The idempotency key: a hash of source, time and content, and of the ordinal among equal records of one request.</summary>
    public required UInt128 Key { get; init; }

    /// <summary>Who sent it; its scope is the component.</summary>
    public required TelemetrySource Source { get; init; }

    /// <summary>When, in nanoseconds since 1970 UTC.</summary>
    public required long TimeNanos { get; init; }

    /// <summary>How severe.</summary>
    public LogSeverity Severity { get; init; }

    /// <summary>The message, redacted.</summary>
    public required string Message { get; init; }

    /// <summary>The trace it belongs to; not present when it belongs to none.</summary>
    public TraceId Trace { get; init; }

    /// <summary>The span it belongs to; not present when it belongs to none.</summary>
    public SpanId Span { get; init; }

    /// <summary>The record as an OTLP protobuf message, without its outer tag; opaque to a store.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
