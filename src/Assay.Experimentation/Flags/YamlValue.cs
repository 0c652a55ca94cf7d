using System.Buffers;
using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Assay.Experimentation.Flags;

/// <summary>A YAML value as JSON and back, by the core schema of YAML 1.2 (section 10.3.2): what is written plain may be null, a boolean or a number, what is quoted is a text.</summary>
internal static class YamlValue
{
    /// <summary>Lists and sections within each other.</summary>
    private const int MostDepth = 32;

    private const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static JsonElement Read(IParser parser)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Read(parser, writer, 0);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    public static void Write(IEmitter emitter, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart());
                foreach (var property in json.EnumerateObject())
                {
                    Emit(emitter, property.Name, quoted: true);
                    Write(emitter, property.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(default, default, isImplicit: true, SequenceStyle.Flow));
                foreach (var item in json.EnumerateArray())
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                Emit(emitter, json.GetString()!, quoted: true);
                break;
            default:
                Emit(emitter, json.GetRawText(), quoted: false);
                break;
        }
    }

    private static void Emit(IEmitter emitter, string text, bool quoted) =>
        emitter.Emit(new Scalar(default, default, text, quoted ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: true));

    private static void Read(IParser parser, Utf8JsonWriter writer, int depth)
    {
        var at = parser.Current!;
        if (depth > MostDepth)
        {
            throw new YamlException(at.Start, at.End, $"a value may have {MostDepth} levels at most");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            WriteScalar(scalar, writer);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            writer.WriteStartArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                Read(parser, writer, depth + 1);
            }

            writer.WriteEndArray();
        }
        else if (parser.TryConsume<MappingStart>(out _))
        {
            ReadMapping(parser, writer, depth);
        }
        else
        {
            throw new YamlException(at.Start, at.End, "an alias (*name) cannot stand in a value: write it out");
        }
    }

    private static void ReadMapping(IParser parser, Utf8JsonWriter writer, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            if (!names.Add(key.Value))
            {
                throw new YamlException(key.Start, key.End, $"'{key.Value}' stands twice");
            }

            writer.WritePropertyName(key.Value);
            Read(parser, writer, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteScalar(Scalar scalar, Utf8JsonWriter writer)
    {
        var text = scalar.Value;
        var isText = scalar.Style != ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str");
        if (isText)
        {
            writer.WriteStringValue(text);
            return;
        }

        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                break;
            default:
                WriteNumberOrText(scalar, writer);
                break;
        }
    }

    private static void WriteNumberOrText(Scalar scalar, Utf8JsonWriter writer)
    {
        var text = scalar.Value;
        var unsigned = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        var startsLikeOne = unsigned.Length > 0 && unsigned[0] is '.' or (>= '0' and <= '9');
        var isNumber = double.TryParse(text, Float, CultureInfo.InvariantCulture, out var number) && startsLikeOne;
        if (unsigned is ".inf" or ".Inf" or ".INF" || text is ".nan" or ".NaN" or ".NAN" || (isNumber && !double.IsFinite(number)))
        {
            throw new YamlException(scalar.Start, scalar.End, $"'{text}' is no number that JSON can hold; quote it to make it a text");
        }

        if (isNumber && text[0] != '+' && IsJsonNumber(unsigned))
        {
            // As it was written: 2.50 stays 2.50, and what a double cannot hold stays exact.
            writer.WriteRawValue(text);
        }
        else if (isNumber)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    /// <summary>Of numbers that YAML knows, JSON has those with a digit on both sides of the point and no zero in front.</summary>
    private static bool IsJsonNumber(ReadOnlySpan<char> number)
    {
        var point = number.IndexOf('.');
        var hasZeroInFront = number.Length > 1 && number[0] == '0' && char.IsAsciiDigit(number[1]);
        return !hasZeroInFront && point != 0 && (point < 0 || (point + 1 < number.Length && char.IsAsciiDigit(number[point + 1])));
    }
}
