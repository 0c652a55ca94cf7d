namespace Assay.Evaluation;

/// <summary>The beginning of a foreign text, fit to stand in a message.</summary>
internal static class Excerpt
{
    private const int MostCharacters = 200;

    /// <summary>One line of at most 200 characters, control characters left out.</summary>
    public static string Line(string text)
    {
        var line = string.Concat(text.AsSpan(0, Math.Min(text.Length, MostCharacters)).ToString().Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return text.Length > MostCharacters ? line + "…" : line;
    }
}
