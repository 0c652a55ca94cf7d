namespace Assay.Server.Intake.Wire;

/// <summary>The messages that go back to senders.</summary>
internal static class Messages
{
    // google/rpc/status.proto
    private const uint StatusCodeTag = (1 << 3) | WireType.Varint;
    private const uint StatusMessageTag = (2 << 3) | WireType.Bytes;
    private const uint StatusDetailsTag = (3 << 3) | WireType.Bytes;

    // google/protobuf/any.proto, google/rpc/error_details.proto, google/protobuf/duration.proto
    private const uint AnyTypeTag = (1 << 3) | WireType.Bytes;
    private const uint AnyValueTag = (2 << 3) | WireType.Bytes;
    private const uint RetryDelayTag = (1 << 3) | WireType.Bytes;
    private const uint SecondsTag = (1 << 3) | WireType.Varint;
    private const string RetryInfo = "type.googleapis.com/google.rpc.RetryInfo";

    /// <summary>ExportTraceServiceResponse or ExportLogsServiceResponse: empty when all was taken.</summary>
    public static ReadOnlyMemory<byte> Response(IntakeOutcome outcome)
    {
        if (outcome.Rejected == 0)
        {
            return default;
        }

        var message = new ProtoWriter();
        var partial = message.Open(ExportTag.PartialSuccess);
        message.Varint(ExportTag.RejectedCount, (ulong)outcome.Rejected);
        message.Text(ExportTag.ErrorMessage, outcome.Message);
        message.Close(partial);
        return message.Detach();
    }

    /// <summary>google.rpc.Status.</summary>
    public static ReadOnlyMemory<byte> Status(IntakeOutcome outcome)
    {
        var message = new ProtoWriter();
        message.Varint(StatusCodeTag, (ulong)outcome.Code);
        message.Text(StatusMessageTag, outcome.Message);
        if (outcome.RetryAfterSeconds is { } seconds)
        {
            WriteRetry(message, seconds);
        }

        return message.Detach();
    }

    private static void WriteRetry(ProtoWriter message, int seconds)
    {
        var detail = message.Open(StatusDetailsTag);
        message.Text(AnyTypeTag, RetryInfo);
        var info = message.Open(AnyValueTag);
        var delay = message.Open(RetryDelayTag);
        message.Varint(SecondsTag, (ulong)seconds);
        message.Close(delay);
        message.Close(info);
        message.Close(detail);
    }
}
