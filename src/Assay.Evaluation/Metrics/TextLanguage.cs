namespace Assay.Evaluation.Metrics;

/// <summary>Which of the two languages a text is in, by its letters.</summary>
internal static class TextLanguage
{
    /// <summary>Russian.</summary>
    public const string Russian = "ru";

    /// <summary>English, and every text that is not Russian.</summary>
    public const string English = "en";

    // A language shows in the first lines; an answer of a megabyte need not be read for it.
    private const int MaxRead = 4_096;

    /// <summary>The language of the first of the texts that has a letter: Russian when it has more Cyrillic letters than Latin ones.</summary>
    public static string Of(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            var (cyrillic, latin) = Letters(text.AsSpan(0, Math.Min(text.Length, MaxRead)));
            if (cyrillic + latin > 0)
            {
                return cyrillic > latin ? Russian : English;
            }
        }

        return English;
    }

    private static (int Cyrillic, int Latin) Letters(ReadOnlySpan<char> text)
    {
        int cyrillic = 0,
            latin = 0;
        foreach (var c in text)
        {
            cyrillic += c is >= '\u0400' and <= '\u052F' ? 1 : 0;
            latin += char.IsAsciiLetter(c) ? 1 : 0;
        }

        return (cyrillic, latin);
    }
}
