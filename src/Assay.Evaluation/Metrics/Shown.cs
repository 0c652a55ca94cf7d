namespace Assay.Evaluation.Metrics;

/// <summary>Texts of others within a reason, cut to a length that a report can show.</summary>
internal static class Shown
{
    private const int MaxItems = 3;

    /// <summary>The first of several texts, in quotes, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> texts)
    {
        var first = string.Join(", ", texts.Take(MaxItems).Select(text => $"“{Excerpt.Line(text)}”"));
        return texts.Count > MaxItems ? $"{first} and {texts.Count - MaxItems} more" : first;
    }
}
