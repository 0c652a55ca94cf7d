using System.Text.Json;
using Assay.Text;

namespace Assay.Models.Calls;

/// <summary>Reading of answers that may be anything: a document over the bytes, without a type for each shape and without reflection.</summary>
internal static class JsonAnswer
{
    /// <exception cref="MalformedAnswerException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new MalformedAnswerException("the answer is empty.");
        }

        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            var kind = body.Span[body.Span.IndexOfAnyExcept(" \t\r\n"u8)] switch
            {
                (byte)'<' => "HTML or XML",
                (byte)'{' or (byte)'[' => "JSON that breaks off or is wrong",
                _ => "plain text",
            };
            throw new MalformedAnswerException($"that is {kind}, not the JSON of a model.", e);
        }
    }

    /// <exception cref="MalformedAnswerException">It is no object, or one that carries an error.</exception>
    public static void DemandObject(JsonElement root, string what)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedAnswerException($"that is no JSON object, so not {what}.");
        }

        if (root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            throw new MalformedAnswerException("it carries an error.");
        }
    }

    /// <summary>Null when there is no such text.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? JsonText.Of(value)
            : null;

    /// <summary>Null when there is no such whole number of 0 or more.</summary>
    public static long? Count(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var count)
        && count >= 0
            ? count
            : null;
}
