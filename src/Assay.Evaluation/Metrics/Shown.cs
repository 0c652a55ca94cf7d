namespace Assay.Evaluation.Metrics;

/// <summary>Texts of others within a reason, cut to a length that a report can show.</summary>
internal static class Shown
{
    private const int MaxLength = 160;
    private const int MaxItems = 3;

    /// <summary>The text on one line, cut.</summary>
    public static string Text(string text)
    {
        var line = text.AsSpan(0, Math.Min(text.Length, MaxLength + 1)).ToString().ReplaceLineEndings(" ");
        return line.Length <= MaxLength ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[MaxLength - 1]) ? MaxLength - 1 : MaxLength)}…";
    }

    /// <summary>The first of several texts, in quotes, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> texts)
    {
        var first = string.Join(", ", texts.Take(MaxItems).Select(text => $"“{Text(text)}”"));
        return texts.Count > MaxItems ? $"{first} and {texts.Count - MaxItems} more" : first;
    }
}
