namespace Assay.Server.Intake;

/// <summary>How much a sender may send. What lies beyond is refused, cut or left out, and counted.</summary>
internal static class IntakeLimits
{
    /// <summary>A body as sent, in bytes.</summary>
    public const int SentBytes = 8 << 20;

    /// <summary>A body after decompression, in bytes.</summary>
    public const int BodyBytes = 16 << 20;

    /// <summary>Bodies of all requests that are being taken in at once, in bytes; more are told to come again.</summary>
    public const long BytesInFlight = 64 << 20;

    /// <summary>Spans or log records of a request.</summary>
    public const int Items = 10_000;

    /// <summary>Attributes of a span, a record, an event, a link or a resource: OpenTelemetry's own default limit.</summary>
    public const int Attributes = 128;

    /// <summary>A text or bytes in an attribute, and all of an array or map, in bytes.</summary>
    public const int ValueBytes = 16 << 10;

    /// <summary>An attribute's key, in bytes; one with a longer key is left out.</summary>
    public const int KeyBytes = 256;

    /// <summary>Events or links of a span: OpenTelemetry's own default limit.</summary>
    public const int EventsOrLinks = 128;

    /// <summary>A span's name, in characters.</summary>
    public const int NameChars = 256;

    /// <summary>How deep arrays and maps may be nested.</summary>
    public const int Depth = 16;

    /// <summary>Flags that a span's variant names.</summary>
    public const int Flags = 16;
}
