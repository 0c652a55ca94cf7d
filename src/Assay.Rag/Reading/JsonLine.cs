using System.Text.Json;
using System.Text.Unicode;

namespace Assay.Rag.Reading;

/// <summary>The fields of one JSON line that matter here, or what is wrong with it.</summary>
internal readonly record struct JsonLine(string? Id, string Title, string Text, string? Problem, string Fix)
{
    private const string OneObject = "Write one object on each line, for example {\"id\": \"1\", \"title\": \"...\", \"text\": \"...\"}.";

    public static JsonLine Parse(ReadOnlySpan<byte> line, long offset)
    {
        if (!Utf8.IsValid(line))
        {
            var bad = DecodedText.NoUtf8(offset + DecodedText.FirstBadByte(line));
            return Wrong(bad.Problem, bad.Fix);
        }

        try
        {
            return Fields(line);
        }
        catch (JsonException e)
        {
            return Wrong($"The JSON is broken at byte {e.BytePositionInLine + 1} of the line.", OneObject);
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escaped half of a surrogate pair.
            return Wrong("A string holds an escaped character that does not exist (half of a surrogate pair).", "Write the character itself or both halves.");
        }
    }

    private static JsonLine Fields(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return Wrong("The line is no JSON object.", OneObject);
        }

        string? id = null,
            title = null,
            text = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref json);
            json.Read();
            if (field == Field.Other)
            {
                json.Skip();
            }
            else if (Take(ref json, field, ref id, ref title, ref text) is { } wrong)
            {
                return wrong;
            }
        }

        // What follows the object on its line must be nothing: the reader throws here otherwise.
        while (json.Read()) { }
        return Whole(id, title, text);
    }

    private static JsonLine Whole(string? id, string? title, string? text) =>
        text is null ? Wrong("The object has no \"text\".", "Give it a string \"text\".")
        : string.IsNullOrWhiteSpace(text) ? Wrong("The \"text\" is empty.", "Leave the line out or give it a text.")
        : id is "" ? Wrong("The \"id\" is empty.", "Give it an id, or leave the field out to have one made from the file and line.")
        : new JsonLine(id, title ?? "", text, null, "");

    private static JsonLine? Take(ref Utf8JsonReader json, Field field, ref string? id, ref string? title, ref string? text)
    {
        switch (json.TokenType, field)
        {
            case (JsonTokenType.Null, _):
                break;
            case (JsonTokenType.String, Field.Text):
                text = json.GetString();
                break;
            case (JsonTokenType.String, Field.Title):
                title = json.GetString();
                break;
            case (JsonTokenType.String, Field.Id):
                id = json.GetString();
                break;
            case (JsonTokenType.Number, Field.Id):
                id = System.Text.Encoding.UTF8.GetString(json.ValueSpan);
                break;
            default:
                return Wrong($"The \"{field.ToString().ToLowerInvariant()}\" is no string.", OneObject);
        }

        return null;
    }

    /// <summary><c>_id</c> is what the BEIR collections call it.</summary>
    private static Field FieldOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("text"u8) ? Field.Text
        : json.ValueTextEquals("title"u8) ? Field.Title
        : json.ValueTextEquals("id"u8) || json.ValueTextEquals("_id"u8) ? Field.Id
        : Field.Other;

    private static JsonLine Wrong(string problem, string fix) => new(null, "", "", problem, fix);

    private enum Field
    {
        Other,
        Id,
        Title,
        Text,
    }
}
