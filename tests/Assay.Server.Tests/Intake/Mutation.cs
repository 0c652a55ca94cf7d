using Assay.Server.Intake.Wire;

namespace Assay.Server.Tests.Intake;

/// <summary>Valid messages, and what a broken sender or network makes of them. The same seed gives the same bytes.</summary>
internal sealed class Mutation(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>Requests in all the shapes that the reading branches on.</summary>
    public static IReadOnlyList<byte[]> Originals { get; } = [.. Shapes()];

    private static IReadOnlyList<byte[]> Items { get; } =
    [OtlpMessage.SpanWith(ModelCall), OtlpMessage.SpanWith(Everything), OtlpMessage.SpanWith(Nested), Record()];

    /// <summary>A request that was broken in one to three places.</summary>
    public byte[] Next()
    {
        // Half of them keep the frame whole, so that what lies deep inside is reached.
        return random.Next(2) == 0 ? Broken(Originals[random.Next(Originals.Count)]) : OtlpMessage.Request([Broken(Items[random.Next(Items.Count)])]);
    }

    private byte[] Broken(byte[] message)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            message = Break(message);
        }

        return message;
    }

    private byte[] Break(byte[] message)
    {
        if (message.Length < 2)
        {
            return [(byte)random.Next(256), (byte)random.Next(256)];
        }

        var at = random.Next(message.Length);
        var length = random.Next(1, Math.Min(64, message.Length - at) + 1);
        switch (random.Next(8))
        {
            case 0: // a bit
                return Changed(message, at, (byte)(message[at] ^ (1 << random.Next(8))));
            case 1: // a byte
                return Changed(message, at, (byte)random.Next(256));
            case 2: // a byte that means much: none, all bits, the top bit alone
                return Changed(
                    message,
                    at,
                    (byte)(
                        random.Next(3) switch
                        {
                            0 => 0,
                            1 => 0xFF,
                            _ => 0x80,
                        }
                    )
                );
            case 3: // the end is missing
                return message[..at];
            case 4: // a part is missing
                return [.. message[..at], .. message[(at + length)..]];
            case 5: // a part twice
                return [.. message[..(at + length)], .. message[at..]];
            case 6: // a part of another message
                var other = Originals[random.Next(Originals.Count)];
                var from = random.Next(other.Length);
                return [.. message[..at], .. other[from..Math.Min(other.Length, from + length)], .. message[at..]];
            default: // random bytes
                var noise = new byte[length];
                random.NextBytes(noise);
                return [.. message[..at], .. noise, .. message[at..]];
        }
    }

    private static byte[] Changed(byte[] message, int at, byte value)
    {
        var changed = message.ToArray();
        changed[at] = value;
        return changed;
    }

    private static IEnumerable<byte[]> Shapes()
    {
        (string, object)[] resource = [("service.name", "rag"), ("service.version", "1.2"), ("deployment.environment.name", "test"), ("host.id", "7")];
        yield return OtlpMessage.Request([OtlpMessage.SpanWith()], resource);
        yield return OtlpMessage.Request([OtlpMessage.SpanWith(ModelCall), OtlpMessage.SpanWith(Everything, span: "00000000000000aa")], resource);
        yield return OtlpMessage.Request([OtlpMessage.SpanWith(Nested)], resource);
        yield return OtlpMessage.Request(Enumerable.Range(1, 20).Select(i => OtlpMessage.SpanWith(ModelCall, span: i.ToString("x16"))), resource);
        yield return OtlpMessage.Request([Record(), Record()], resource);
    }

    private static void ModelCall(OtlpMessage span) =>
        span.Attributes(
            SpanTag.Attributes,
            ("gen_ai.operation.name", "chat"),
            ("gen_ai.request.model", "small-1"),
            ("gen_ai.provider.name", "openai"),
            ("gen_ai.usage.input_tokens", 1200),
            ("gen_ai.usage.output_tokens", 34.0),
            ("assay.prompt", "answer@3"),
            ("correlation.id", "order-7")
        );

    private static void Everything(OtlpMessage span) =>
        span.Attributes(
                SpanTag.Attributes,
                ("input.value", "what a person wrote"),
                ("mail", "ann@example.org"),
                ("password", "hunter2"),
                ("flag", true),
                ("bytes", new byte[] { 1, 2, 3 })
            )
            .Event("gen_ai.evaluation.result", ("gen_ai.evaluation.name", "relevance"), ("gen_ai.evaluation.score.value", 0.5))
            .Event("feature_flag.evaluation", ("feature_flag.key", "rerank"), ("feature_flag.result.variant", "on"))
            .Event("gen_ai.user.message", ("content", "hello"))
            .Message(SpanTag.Links, l => l.Bytes(LinkTag.TraceId, new byte[16]))
            .Message(SpanTag.Status, m => m.Text(StatusTag.Message, "call +7 916 123-45-67").Varint(StatusTag.Code, 2))
            .Fixed32(SpanTag.Flags, 0x301);

    private static void Nested(OtlpMessage span)
    {
        object value = "token=abcdef0123456789";
        for (var depth = 0; depth < 20; depth++)
        {
            value = depth % 2 == 0 ? new object[] { value, depth } : new (string, object)[] { ("k", value), ("secret", "x") };
        }

        span.Attributes(SpanTag.Attributes, ("nested", value));
    }

    private static byte[] Record() =>
        new OtlpMessage()
            .Fixed64(LogTag.Time, 77)
            .Varint(LogTag.SeverityNumber, 9)
            .Message(LogTag.Body, b => b.Value(new (string, object)[] { ("took", 5), ("who", "ann@example.org") }))
            .Text(LogTag.EventName, "gen_ai.evaluation.result")
            .Attributes(LogTag.Attributes, ("gen_ai.evaluation.name", "x"), ("gen_ai.evaluation.score.value", 1), ("exception.type", "E"))
            .Bytes(LogTag.TraceId, new byte[16])
            .Written;
}
