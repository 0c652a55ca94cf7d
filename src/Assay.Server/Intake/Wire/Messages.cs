namespace Assay.Server.Intake.Wire;

/// <summary>The messages that go back to senders.</summary>
internal static class Messages
{
    // google/rpc/status.proto
    private const uint StatusCodeTag = (1 << 3) | WireType.Varint;
    private const uint StatusMessageTag = (2 << 3) | WireType.Bytes;

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
        return message.Detach();
    }
}
