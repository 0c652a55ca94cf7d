using System.Text.Json;

namespace Assay.Experimentation.Flags;

/// <summary>A value of a flag: any JSON. Made once when a flag is read; the usual types are read without a parser.</summary>
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

    /// <summary>A value from JSON.</summary>
    public static FlagValue Of(JsonElement json) =>
        new(json.Clone())
        {
            Boolean = json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null,
            Number = json.ValueKind == JsonValueKind.Number ? json.GetDouble() : null,
            Text = json.ValueKind == JsonValueKind.String ? json.GetString() : null,
        };
}
