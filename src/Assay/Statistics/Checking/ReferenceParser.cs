using System.Text.Json;

namespace Assay.Statistics.Checking;

/// <summary>JSON to <see cref="ReferenceValue"/>, token by token.</summary>
internal static class ReferenceParser
{
    /// <summary>Deepest nesting of lists and objects that is read.</summary>
    public const int MostDepth = 64;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="JsonException">Not JSON, a name given twice in one object, or nested deeper than <see cref="MostDepth"/>.</exception>
    public static ReferenceValue Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.StartsWith(ByteOrderMark) ? json[3..] : json, new JsonReaderOptions { MaxDepth = MostDepth });
        reader.Read();
        var value = Value(ref reader);
        reader.Read(); // Anything after the value is an error that the reader names.
        return value;
    }

    private static ReferenceValue Value(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(ref reader),
            JsonTokenType.StartArray => List(ref reader),
            JsonTokenType.Number => new ReferenceNumber(reader.GetDouble()),
            JsonTokenType.String => Named(ref reader) is { } number ? new ReferenceNumber(number) : new ReferenceText(reader.GetString()!),
            JsonTokenType.True => new ReferenceFlag(Value: true),
            JsonTokenType.False => new ReferenceFlag(Value: false),
            _ => new ReferenceNothing(),
        };

    private static ReferenceObject Object(ref Utf8JsonReader reader)
    {
        var fields = new OrderedDictionary<string, ReferenceValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var at = reader.TokenStartIndex;
            reader.Read();
            if (!fields.TryAdd(name, Value(ref reader)))
            {
                throw new JsonException($"'{name}' is given twice in one object (byte {at}).");
            }
        }

        return new ReferenceObject(fields);
    }

    private static ReferenceValue List(ref Utf8JsonReader reader)
    {
        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Number(ref reader) is not { } number)
            {
                return Mixed(ref reader, numbers);
            }

            numbers.Add(number);
        }

        return new ReferenceNumbers(numbers);
    }

    private static ReferenceList Mixed(ref Utf8JsonReader reader, List<double> before)
    {
        List<ReferenceValue> items = [.. before.Select(n => new ReferenceNumber(n))];
        do
        {
            items.Add(Value(ref reader));
        } while (reader.Read() && reader.TokenType != JsonTokenType.EndArray);

        return new ReferenceList(items);
    }

    private static double? Number(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.String => Named(ref reader),
            _ => null,
        };

    private static double? Named(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("NaN"u8) ? double.NaN
        : reader.ValueTextEquals("Infinity"u8) ? double.PositiveInfinity
        : reader.ValueTextEquals("-Infinity"u8) ? double.NegativeInfinity
        : null;
}
