using System.Buffers.Binary;
using System.Text;

namespace Assay.Server.Tests.Samples;

/// <summary>
/// A protobuf message as its fields by number, read without generated code; enough for OTLP's trace and log requests
/// (opentelemetry-proto 1.9, trace/v1 and logs/v1).
/// </summary>
internal sealed class OtlpMessage
{
    private readonly List<(int Number, ReadOnlyMemory<byte> Bytes, ulong Number64)> fields = [];

    public OtlpMessage(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var tag = Varint(ref bytes);
            Read((int)(tag >> 3), (int)(tag & 7), ref bytes);
        }
    }

    public static IEnumerable<SentSpan> Spans(byte[] request) =>
        new OtlpMessage(request).Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2)).Select(Span);

    public static IEnumerable<SentLog> Logs(byte[] request) =>
        new OtlpMessage(request)
            .Messages(1)
            .SelectMany(resource => resource.Messages(2))
            .SelectMany(scope => scope.Messages(2))
            .Select(log => new SentLog(log.Hex(9), log.Messages(5).FirstOrDefault()?.Text(1) ?? "", log.Attributes(6)));

    private static SentSpan Span(OtlpMessage span) =>
        new(
            span.Hex(1),
            span.Hex(2),
            span.Hex(4),
            span.Text(5),
            span.Attributes(9),
            [.. span.Messages(11).Select(e => new SentEvent(e.Text(2), e.Attributes(3)))],
            (long)(span.Messages(15).FirstOrDefault()?.Number(3) ?? 0)
        );

    private IEnumerable<OtlpMessage> Messages(int number) => fields.Where(f => f.Number == number).Select(f => new OtlpMessage(f.Bytes));

    private string Hex(int number) => Convert.ToHexStringLower(fields.Find(f => f.Number == number).Bytes.Span);

    private string Text(int number) => Encoding.UTF8.GetString(fields.Find(f => f.Number == number).Bytes.Span);

    private ulong Number(int number) => fields.Find(f => f.Number == number).Number64;

    private Dictionary<string, object?> Attributes(int number)
    {
        var attributes = new Dictionary<string, object?>();
        foreach (var pair in Messages(number))
        {
            attributes[pair.Text(1)] = pair.Messages(2).FirstOrDefault()?.AnyValue();
        }

        return attributes;
    }

    private object? AnyValue() =>
        fields.FirstOrDefault() switch
        {
            { Number: 1 } text => Encoding.UTF8.GetString(text.Bytes.Span),
            { Number: 2 } truth => truth.Number64 != 0,
            { Number: 3 } number => (long)number.Number64,
            { Number: 4 } number => BitConverter.UInt64BitsToDouble(number.Number64),
            _ => null,
        };

    private void Read(int number, int type, ref ReadOnlyMemory<byte> bytes)
    {
        switch (type)
        {
            case 0:
                fields.Add((number, default, Varint(ref bytes)));
                break;
            case 1:
                fields.Add((number, default, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span)));
                bytes = bytes[8..];
                break;
            case 2:
                var length = (int)Varint(ref bytes);
                fields.Add((number, bytes[..length], 0));
                bytes = bytes[length..];
                break;
            case 5:
                fields.Add((number, default, BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span)));
                bytes = bytes[4..];
                break;
            default:
                throw new FormatException($"Wire type {type} is not one of OTLP.");
        }
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes.Span[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
