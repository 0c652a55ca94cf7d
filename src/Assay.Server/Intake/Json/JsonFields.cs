using System.Buffers;
using System.Text.Json;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Json;

/// <summary>Writes the members of a JSON object as fields of a message.</summary>
internal static class JsonFields
{
    private const int LongestId = 64;

    /// <summary>Reads an object to its end.</summary>
    /// <returns>What is wrong with the token at which the reader stands; null when nothing is.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string? Write(ref Utf8JsonReader reader, JsonMessage message, ProtoWriter to)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = message.Find(reader.ValueSpan);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
            }
            else if (WriteField(ref reader, field, to) is { } fault)
            {
                return $"{field.Name}: {fault}";
            }
        }

        return null;
    }

    private static string? WriteField(ref Utf8JsonReader reader, JsonField field, ProtoWriter to)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (!field.IsRepeated)
        {
            return WriteValue(ref reader, field, to);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return "an array was expected";
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (WriteValue(ref reader, field, to) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? WriteValue(ref Utf8JsonReader reader, JsonField field, ProtoWriter to) =>
        field.Kind switch
        {
            JsonKind.Message => WriteMessage(ref reader, field, to),
            JsonKind.Text => WriteText(ref reader, field.Tag, to),
            JsonKind.Id => WriteId(ref reader, field.Tag, to),
            JsonKind.Bytes => WriteBytes(ref reader, field.Tag, to),
            JsonKind.Bool => WriteBool(ref reader, field.Tag, to),
            JsonKind.Double => WriteDouble(ref reader, field.Tag, to),
            JsonKind.Enum => WriteEnum(ref reader, field, to),
            _ => WriteInteger(ref reader, field, to),
        };

    private static string? WriteMessage(ref Utf8JsonReader reader, JsonField field, ProtoWriter to)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return "an object was expected";
        }

        var begin = to.Open(field.Tag);
        var fault = Write(ref reader, field.Of!(), to);
        to.Close(begin);
        return fault;
    }

    private static string? WriteText(ref Utf8JsonReader reader, uint tag, ProtoWriter to)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return "a string was expected";
        }

        if (!reader.ValueIsEscaped)
        {
            to.Bytes(tag, reader.ValueSpan);
            return null;
        }

        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        to.Bytes(tag, rented.AsSpan(0, JsonEscapes.Unescape(reader.ValueSpan, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return null;
    }

    private static string? WriteId(ref Utf8JsonReader reader, uint tag, ProtoWriter to)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestId)
        {
            return "hexadecimal digits were expected";
        }

        Span<byte> id = stackalloc byte[LongestId / 2];
        if (Convert.FromHexString(reader.ValueSpan, id, out _, out var length) != OperationStatus.Done)
        {
            return "hexadecimal digits were expected";
        }

        if (length > 0)
        {
            to.Bytes(tag, id[..length]);
        }

        return null;
    }

    private static string? WriteBytes(ref Utf8JsonReader reader, uint tag, ProtoWriter to)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes))
        {
            return "base64 was expected";
        }

        to.Bytes(tag, bytes);
        return null;
    }

    private static string? WriteBool(ref Utf8JsonReader reader, uint tag, ProtoWriter to)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            return "true or false was expected";
        }

        to.Varint(tag, reader.TokenType == JsonTokenType.True ? 1UL : 0);
        return null;
    }

    private static string? WriteDouble(ref Utf8JsonReader reader, uint tag, ProtoWriter to)
    {
        if (!JsonNumbers.TryDouble(ref reader, out var value))
        {
            return "a number was expected";
        }

        to.Fixed64(tag, BitConverter.DoubleToUInt64Bits(value));
        return null;
    }

    private static string? WriteEnum(ref Utf8JsonReader reader, JsonField field, ProtoWriter to)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            for (var number = 0; number < field.Names!.Count; number++)
            {
                if (reader.ValueTextEquals(field.Names[number]))
                {
                    to.Varint(field.Tag, (ulong)number);
                    return null;
                }
            }
        }

        return WriteInteger(ref reader, field, to);
    }

    private static string? WriteInteger(ref Utf8JsonReader reader, JsonField field, ProtoWriter to)
    {
        if (!JsonNumbers.TryInteger(ref reader, out var value))
        {
            return "a whole number was expected";
        }

        switch (field.Kind)
        {
            case JsonKind.Fixed64:
                to.Fixed64(field.Tag, value);
                break;
            case JsonKind.Fixed32:
                to.Fixed32(field.Tag, (uint)value);
                break;
            default:
                to.Varint(field.Tag, value);
                break;
        }

        return null;
    }
}
