namespace Assay.Observability.Logging;

/// <summary>Text on its way into a log line: redacted, then cut to a bound.</summary>
internal static class LogText
{
    /// <summary>Characters of one message, value or stack trace that are written.</summary>
    public const int MaxLength = 16_384;

    public static void Write(JsonLine json, ReadOnlySpan<char> text, bool isClean)
    {
        json.Raw("\""u8);
        WriteBare(json, !isClean && Redactor.IsNeeded(text) ? Redactor.Redact(text.ToString()) : text);
        json.Raw("\""u8);
    }

    private static void WriteBare(JsonLine json, ReadOnlySpan<char> text)
    {
        if (text.Length <= MaxLength)
        {
            json.Bare(text);
            return;
        }

        json.Bare(text[..MaxLength]);
        json.Bare("…[");
        json.Value(text.Length - MaxLength);
        json.Bare(" characters cut]");
    }
}
