using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Evaluation.Datasets;

/// <summary>A case as a JSON line holds it.</summary>
internal sealed class CaseLine
{
    public string? Id { get; set; }
    public string? Input { get; set; }
    public string? Expected { get; set; }
    public List<string>? Contexts { get; set; }

    [JsonConverter(typeof(RelevantIds))]
    public SortedDictionary<string, double>? Relevant { get; set; }
    public string? Cluster { get; set; }
    public List<string>? Tags { get; set; }
    public SortedDictionary<string, string>? Fields { get; set; }

    public static CaseLine Of(Case from) =>
        new()
        {
            Id = from.Id,
            Input = from.Input,
            Expected = from.Expected,
            Contexts = from.Contexts.Count == 0 ? null : [.. from.Contexts],
            Relevant = from.Relevant.Count == 0 ? null : new(from.Relevant.ToDictionary(), StringComparer.Ordinal),
            Cluster = from.Cluster,
            Tags = from.Tags.Count == 0 ? null : [.. from.Tags],
            Fields = from.Fields.Count == 0 ? null : new(from.Fields.ToDictionary(), StringComparer.Ordinal),
        };

    /// <summary>The case; what is missing or wrong is said by <paramref name="fault"/>.</summary>
    public Case ToCase(Func<string, string, AssayException> fault)
    {
        if (string.IsNullOrWhiteSpace(Id))
        {
            throw fault("The case has no \"id\".", "Give every case an id of its own; `assay eval init` makes them.");
        }

        if (Id.Length > Limits.IdCharacters || Id.Any(char.IsControl))
        {
            throw fault($"The id is longer than {Limits.IdCharacters} characters or holds control characters.", "Give the case a short id.");
        }

        if (string.IsNullOrWhiteSpace(Input))
        {
            throw fault($"Case '{Id}' has no \"input\".", "Write what the target is asked.");
        }

        if (Relevant?.Values.Any(grade => !double.IsFinite(grade)) == true)
        {
            throw fault($"Case '{Id}' has a grade that is no number.", "Grades are finite; above 0 is relevant.");
        }

        if (Nulls() is { } key)
        {
            throw fault($"Case '{Id}' has a null in \"{key}\".", "Write a text in its place, or leave it out.");
        }

        var made = new Case(Id, Input)
        {
            Expected = Expected,
            Cluster = Cluster,
            Contexts = Contexts ?? [],
            Tags = Tags ?? [],
        };
        return made with { Relevant = Relevant ?? made.Relevant, Fields = Fields ?? made.Fields };
    }

    // JSON knows null where the types here do not.
    private string? Nulls() =>
        Contexts?.Contains(null!) == true ? "contexts"
        : Tags?.Contains(null!) == true ? "tags"
        : Fields?.FirstOrDefault(field => field.Value is null).Key is { } name ? $"fields.{name}"
        : null;
}

/// <summary>Relevant documents: a list of ids, each of grade 1, or an object of grades by id.</summary>
internal sealed class RelevantIds : JsonConverter<SortedDictionary<string, double>>
{
    public override SortedDictionary<string, double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var grades = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var isList = reader.TokenType == JsonTokenType.StartArray;
        if (!isList && reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("\"relevant\" is a list of ids, or an object of grades by id.");
        }

        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            {
                throw new JsonException("\"relevant\" holds something that is no id.");
            }

            var id = reader.GetString()!;
            grades[id] = isList ? 1 : Grade(ref reader);
        }

        return grades;
    }

    public override void Write(Utf8JsonWriter writer, SortedDictionary<string, double> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (id, grade) in value)
        {
            writer.WriteNumber(id, grade);
        }

        writer.WriteEndObject();
    }

    private static double Grade(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : throw new JsonException("A grade in \"relevant\" is no number.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(CaseLine))]
internal sealed partial class CaseJson : JsonSerializerContext
{
    /// <summary>Letters as they are, not as escapes: for people, and a third of the bytes in Russian.</summary>
    public static CaseJson Readable => Made.Readable;

    // Apart, so that it is made after Default.
    private static class Made
    {
        public static readonly CaseJson Readable = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
