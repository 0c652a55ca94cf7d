using System.Globalization;
using System.Text;

namespace Assay.Releases.Rehearsals;

/// <summary>Rehearsals as Markdown, for a pull request or a review.</summary>
internal static class RehearsalMarkdown
{
    /// <summary>The text.</summary>
    public static string Text(RehearsalReport report)
    {
        var text = new StringBuilder();
        var passed = report.Results.Count(r => r.Verdict == Verdict.Pass);
        Line(text, "# Rehearsals of the rollback");
        Line(text, "");
        Line(text, $"{passed} of {report.Results.Count} kept their budget. Assay {report.Assay}, {report.At.UtcDateTime:yyyy-MM-dd HH:mm}Z.");
        Line(text, "");
        Line(text, "| scenario | verdict | found after | all well after | budget | found by |");
        Line(text, "| --- | --- | ---: | ---: | ---: | --- |");
        foreach (var result in report.Results)
        {
            Line(text, Row(result));
        }

        foreach (var result in report.Results)
        {
            Section(text, result);
        }

        return text.ToString();
    }

    private static string Row(RehearsalResult r) =>
        $"| {r.Scenario} | {(r.Verdict == Verdict.Pass ? "pass" : "**fail**")} | {Seconds(r.DetectSeconds)} | {Seconds(r.RestoreSeconds)} | {Seconds(r.BudgetDetectSeconds)} / {Seconds(r.BudgetRestoreSeconds)} | {Safe(string.Join(", ", r.FoundBy.Select(f => f.Metric)))} |";

    private static void Section(StringBuilder text, RehearsalResult result)
    {
        Line(text, "");
        Line(text, $"## {result.Scenario}{(result.Time > 1 ? $", time {result.Time}" : "")}");
        Line(text, "");
        Line(text, Safe(result.Reason));
        if (result.RollbackReason.Length > 0)
        {
            Line(text, "");
            Line(text, $"> {Safe(result.RollbackReason)}");
        }

        Items(text, "What the figures say:", result.Facts);
        Items(text, "What we learned:", result.Lessons);
    }

    private static void Items(StringBuilder text, string head, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        Line(text, "");
        Line(text, head);
        Line(text, "");
        foreach (var item in items)
        {
            Line(text, $"- {Safe(item)}");
        }
    }

    private static string Seconds(double? seconds) => seconds is { } s ? string.Create(CultureInfo.InvariantCulture, $"{s:0.0} s") : "-";

    // Lessons are people's words: none of them breaks the table or becomes a tag.
    private static string Safe(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Replace("<", "&lt;").Replace("|", "\\|");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
