using System.Text.Json;

namespace Assay.Evaluation.Asking;

/// <summary>
/// The one JSON object within what a model wrote: thoughts, fences and prose around it are left out. Two objects, a property that stands twice and half
/// an object are none.
/// </summary>
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
            return Wrong<T>($"it has {text.Length} characters");
        }

        var thoughts = text.LastIndexOf(EndOfThoughts, StringComparison.Ordinal);
        var said = thoughts < 0 ? text : text[(thoughts + EndOfThoughts.Length)..];
        var (start, end) = (said.IndexOf('{'), said.LastIndexOf('}'));
        return string.IsNullOrWhiteSpace(said) ? Wrong<T>("it is empty")
            : start < 0 ? Wrong<T>("it has no JSON object")
            : end < start ? Wrong<T>("its JSON object does not end")
            : Parse(said.AsMemory(start, end + 1 - start), read);
    }

    private static Reading<T> Parse<T>(ReadOnlyMemory<char> json, Func<JsonElement, Reading<T>> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return read(document.RootElement);
        }
        // A property may be named with a letter that does not exist.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Wrong<T>("it is not exactly one complete JSON object");
        }
    }

    private static Reading<T> Wrong<T>(string problem)
        where T : class => new(null, problem);
}
