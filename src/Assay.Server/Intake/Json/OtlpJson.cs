using System.Text.Json;
using System.Text.Unicode;
using Assay.Server.Intake.Bodies;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Json;

/// <summary>OTLP/JSON as the same message in protobuf, so that there is one way in; opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding".</summary>
internal static class OtlpJson
{
    // A request, a resource, a scope and a span stand around attributes; each of the nested values takes up to four levels of JSON.
    private const int Depth = 16 + (4 * IntakeLimits.Depth);

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = Depth };

    /// <summary>The message in protobuf.</summary>
    public static BodyResult ToProtobuf(BodyResult body, Signal signal, ByteShare share)
    {
        // What JSON says takes fewer bytes in protobuf; base64 and short names come closest.
        if (!share.TryTake(body.Bytes.Length))
        {
            return BodyResult.NoRoom();
        }

        // The reader takes bytes that are no UTF-8 and stumbles later.
        if (!Utf8.IsValid(body.Bytes.Span))
        {
            return Refused("it is not UTF-8", 0);
        }

        var reader = new Utf8JsonReader(body.Bytes.Span, Strict);
        var to = new ProtoWriter(Math.Max(256, body.Bytes.Length / 2));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return Refused("it is no JSON object", reader.TokenStartIndex);
            }

            var fault = JsonFields.Write(ref reader, signal == Signal.Traces ? OtlpSchema.Traces : OtlpSchema.Logs, to);
            return fault is not null ? Refused(fault, reader.TokenStartIndex)
                : reader.Read() ? Refused("something follows the object", reader.TokenStartIndex)
                : body with { Bytes = to.Detach() };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refused(e.Message, reader.TokenStartIndex);
        }
    }

    private static BodyResult Refused(string what, long at) =>
        BodyResult.Refused(BodyFault.Corrupt, $"This is no OTLP message in JSON: at byte {at}, {what.TrimEnd('.')}. Nothing was stored.");
}
