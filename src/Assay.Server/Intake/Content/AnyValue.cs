using Assay.Server.Intake.Wire;
using Assay.Telemetry;

namespace Assay.Server.Intake.Content;

/// <summary>The value of an attribute, read and not yet made into an object.</summary>
internal readonly ref struct AnyValue
{
    private AnyValue(uint tag, ReadOnlySpan<byte> bytes, ulong number, int offset)
    {
        Tag = tag;
        Bytes = bytes;
        Number = number;
        Offset = offset;
    }

    /// <summary>A constant of <see cref="AnyValueTag"/>; 0 for no value.</summary>
    public uint Tag { get; }

    /// <summary>The text, the bytes, or the message of an array or map.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The number's bits.</summary>
    public ulong Number { get; }

    /// <summary>Where <see cref="Bytes"/> stand in the outermost message.</summary>
    public int Offset { get; }

    public bool IsText => Tag == AnyValueTag.Text;

    public bool IsList => Tag is AnyValueTag.Array or AnyValueTag.Map;

    /// <summary>Whether it can be the value of a secret: captured headers are lists of texts, and a number under such a name counts something.</summary>
    public bool MayHoldSecret => Tag is AnyValueTag.Text or AnyValueTag.Array or AnyValueTag.Map or AnyValueTag.Bytes;

    /// <summary>The text in UTF-8; empty when it is no text.</summary>
    public ReadOnlySpan<byte> Text => IsText ? Bytes : default;

    /// <summary>The number, when it is one: an integer, or a double within its range.</summary>
    public double? Double =>
        Tag switch
        {
            AnyValueTag.Int => (long)Number,
            AnyValueTag.Double => BitConverter.UInt64BitsToDouble(Number),
            _ => null,
        };

    public bool IsBool => Tag == AnyValueTag.Bool;

    public bool IsTrue => Tag == AnyValueTag.Bool && Number != 0;

    /// <summary>The same for those who read model calls.</summary>
    public AttributeValue ToAttributeValue() =>
        Tag switch
        {
            AnyValueTag.Text => AttributeValue.OfText(Bytes),
            AnyValueTag.Bool => AttributeValue.OfFlag(IsTrue),
            AnyValueTag.Int => AttributeValue.OfInteger((long)Number),
            AnyValueTag.Double => AttributeValue.OfNumber(BitConverter.UInt64BitsToDouble(Number)),
            _ => default,
        };

    /// <summary>Reads an AnyValue message; the last value counts, as protobuf says of a oneof.</summary>
    public static AnyValue Read(ProtoReader message)
    {
        var value = default(AnyValue);
        while (message.Next(out var tag))
        {
            switch (tag)
            {
                case AnyValueTag.Text:
                case AnyValueTag.Array:
                case AnyValueTag.Map:
                case AnyValueTag.Bytes:
                    var bytes = message.Bytes();
                    value = new AnyValue(tag, bytes, 0, message.Offset - bytes.Length);
                    break;
                case AnyValueTag.Bool:
                case AnyValueTag.Int:
                    value = new AnyValue(tag, default, message.Varint(), 0);
                    break;
                case AnyValueTag.Double:
                    value = new AnyValue(tag, default, message.Fixed64(), 0);
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        return value;
    }
}

/// <summary>A key and its value.</summary>
internal readonly ref struct KeyValue
{
    private KeyValue(ReadOnlySpan<byte> key, AnyValue value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>The key in UTF-8.</summary>
    public ReadOnlySpan<byte> Key { get; }

    public AnyValue Value { get; }

    /// <summary>Reads a KeyValue message.</summary>
    public static KeyValue Read(ProtoReader message)
    {
        ReadOnlySpan<byte> key = default;
        var value = default(AnyValue);
        while (message.Next(out var tag))
        {
            switch (tag)
            {
                case KeyValueTag.Key:
                    key = message.Bytes();
                    break;
                case KeyValueTag.Value:
                    value = AnyValue.Read(message.Message());
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        return new KeyValue(key, value);
    }
}
