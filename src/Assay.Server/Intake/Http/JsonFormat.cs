using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Assay.Server.Intake.Bodies;
using Assay.Server.Intake.Json;

namespace Assay.Server.Intake.Http;

/// <summary>application/json: protobuf's JSON with OTLP's own rule that ids are hexadecimal.</summary>
internal sealed class JsonFormat : OtlpFormat
{
    public override Transport Transport => Transport.HttpJson;

    protected override string ContentType => "application/json";

    public override BodyResult ToProtobuf(BodyResult body, Signal signal, ByteShare share) => OtlpJson.ToProtobuf(body, signal, share);

    protected override ReadOnlyMemory<byte> Response(Signal signal, IntakeOutcome outcome) =>
        Write(json =>
        {
            if (outcome.Rejected > 0)
            {
                json.WriteStartObject("partialSuccess");
                json.WriteString(signal == Signal.Traces ? "rejectedSpans" : "rejectedLogRecords", outcome.Rejected.ToString(CultureInfo.InvariantCulture));
                json.WriteString("errorMessage", outcome.Message);
                json.WriteEndObject();
            }
        });

    protected override ReadOnlyMemory<byte> Status(IntakeOutcome outcome) =>
        Write(json =>
        {
            json.WriteNumber("code", (int)outcome.Code);
            json.WriteString("message", outcome.Message);
        });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
