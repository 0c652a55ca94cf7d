namespace Assay.Server.Intake.Bodies;

/// <summary>Why a body was not read.</summary>
internal enum BodyFault
{
    /// <summary>It was.</summary>
    None,

    /// <summary>It is longer than its bound.</summary>
    TooLong,

    /// <summary>It is not what its encoding or its framing says.</summary>
    Corrupt,

    /// <summary>It is packed in a way, or in a format, that the hub does not know.</summary>
    NotSupported,

    /// <summary>Too many bytes are being taken in at the moment.</summary>
    NoRoom,
}

/// <summary>A body, or why there is none.</summary>
/// <param name="Bytes">The body after decompression, in memory of its own.</param>
/// <param name="Fault">Why there is none.</param>
/// <param name="Message">The same for a person.</param>
internal readonly record struct BodyResult(ReadOnlyMemory<byte> Bytes, BodyFault Fault, string Message)
{
    /// <summary>How many bytes were sent.</summary>
    public int SentBytes { get; init; }

    public static BodyResult Of(ReadOnlyMemory<byte> bytes) => new(bytes, BodyFault.None, "");

    public static BodyResult Refused(BodyFault fault, string message) => new(default, fault, message);

    public static BodyResult TooLong(int most) =>
        Refused(BodyFault.TooLong, $"The message is longer than {most} bytes. Send smaller batches (OTEL_BSP_MAX_EXPORT_BATCH_SIZE).");

    public static BodyResult NoRoom() => Refused(BodyFault.NoRoom, "The hub is taking in as much as it can at once. Send again later.");
}
