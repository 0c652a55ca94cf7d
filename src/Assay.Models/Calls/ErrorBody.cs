using System.Text.Json;
using Assay.Text;

namespace Assay.Models.Calls;

/// <summary>
/// What the error object of an answer says. Shapes: OpenAI and compatible servers <c>{"error":{"message","type","code"}}</c>; TEI <c>{"error":"…","error_type":"…"}</c>;
/// Cohere <c>{"message":"…"}</c>; Jina and FastAPI <c>{"detail":"…"}</c>; OpenRouter puts an HTTP status into <c>code</c>.
/// </summary>
/// <param name="Message">The text; null when there is none.</param>
/// <param name="Code">Code or type in lower case; empty when not given.</param>
/// <param name="Status">An HTTP status that stands in the body; null when none does.</param>
internal sealed record ErrorBody(string? Message, string Code, int? Status)
{
    /// <summary>Null when the body is no JSON object with an error.</summary>
    public static ErrorBody? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        // A property may be named with a letter that does not exist.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static ErrorBody? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object)
        {
            return new ErrorBody(Text(error, "message"), Word(error), Number(error));
        }

        if (error.ValueKind == JsonValueKind.String)
        {
            return new ErrorBody(JsonText.Of(error), Text(root, "error_type") ?? "", Status: null);
        }

        return (Text(root, "message") ?? Text(root, "detail")) is { } message ? new ErrorBody(message, Word(root), Number(root)) : null;
    }

    private static string Word(JsonElement element) => (Text(element, "code") ?? Text(element, "type") ?? "").ToLowerInvariant();

    private static int? Number(JsonElement element) =>
        (element.TryGetProperty("code", out var code) || element.TryGetProperty("status", out code))
        && code.ValueKind == JsonValueKind.Number
        && code.TryGetInt32(out var status)
        && status is >= 400 and < 600
            ? status
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : null;
}
