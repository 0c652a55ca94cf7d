using System.Text.Json;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>The JSON object within what a model wrote: thoughts, fences and prose around it are left out.</summary>
internal static class JsonReply
{
    /// <summary>Longer answers are no verdicts, in characters.</summary>
    private const int MaxLength = 1_000_000;

    private const string EndOfThoughts = "</think>";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads the object, or says why there is none.</summary>
    public static Reading<T> Read<T>(string text, Func<JsonElement, Reading<T>> read)
        where T : class
    {
        if (text.Length > MaxLength)
        {
            return new Reading<T>(null, $"it has {text.Length} characters");
        }

        var thoughts = text.LastIndexOf(EndOfThoughts, StringComparison.Ordinal);
        var said = thoughts < 0 ? text : text[(thoughts + EndOfThoughts.Length)..];
        var start = said.IndexOf('{');
        var end = said.LastIndexOf('}');
        return start < 0 || end < start ? new Reading<T>(null, "it has no JSON object") : Parse(said.AsMemory(start, end + 1 - start), read);
    }

    private static Reading<T> Parse<T>(ReadOnlyMemory<char> json, Func<JsonElement, Reading<T>> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return read(document.RootElement);
        }
        catch (JsonException e)
        {
            return new Reading<T>(null, $"its JSON is broken at line {e.LineNumber + 1}");
        }
    }
}
