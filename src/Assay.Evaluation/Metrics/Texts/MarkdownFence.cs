namespace Assay.Evaluation.Metrics.Texts;

/// <summary>Takes the Markdown fence off a block of code that is a whole text.</summary>
internal static class MarkdownFence
{
    private const string Fence = "```";

    /// <summary>What stands between the fences; the text itself when it is not one fenced block.</summary>
    public static string Within(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (!trimmed.StartsWith(Fence) || !trimmed.EndsWith(Fence) || trimmed.IndexOf('\n') is var line && line < 0)
        {
            return text;
        }

        return line < trimmed.Length - Fence.Length ? trimmed[(line + 1)..^Fence.Length].ToString() : text;
    }
}
