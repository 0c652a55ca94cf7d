using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Experimentation.Flags;

/// <summary>A value of a flag: any JSON. Made once when a flag is read; the usual types are read without a parser.</summary>
[JsonConverter(typeof(FlagValueJson))]
public sealed class FlagValue
{
    private FlagValue(JsonElement json) => Json = json;

    /// <summary>The value as JSON.</summary>
    public JsonElement Json { get; }

    /// <summary>The value when it is true or false; otherwise null.</summary>
    public bool? Boolean { get; private init; }

    /// <summary>The value when it is a number; otherwise null.</summary>
    public double? Number { get; private init; }

    /// <summary>The value when it is a text; otherwise null.</summary>
    public string? Text { get; private init; }

    internal static FlagValue True { get; } = Made("true");

    internal static FlagValue False { get; } = Made("false");

    internal static FlagValue Null { get; } = Made("null");

    /// <summary>A value from JSON.</summary>
    public static FlagValue Of(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.True => True,
            JsonValueKind.False => False,
            JsonValueKind.Null or JsonValueKind.Undefined => Null,
            _ => Made(json.Clone()),
        };

    private static FlagValue Made(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Made(document.RootElement.Clone());
    }

    private static FlagValue Made(JsonElement json) =>
        new(json)
        {
            Boolean = json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null,
            Number = json.ValueKind == JsonValueKind.Number ? json.GetDouble() : null,
            Text = json.ValueKind == JsonValueKind.String ? json.GetString() : null,
        };
}

/// <summary>In JSON a value is simply there.</summary>
internal sealed class FlagValueJson : JsonConverter<FlagValue>
{
    public override bool HandleNull => true;

    public override FlagValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FlagValue.Of(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, FlagValue value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.Json.WriteTo(writer);
        }
    }
}
