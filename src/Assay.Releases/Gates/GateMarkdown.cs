using System.Globalization;
using System.Text;

namespace Assay.Releases.Gates;

/// <summary>A gate's decision as Markdown for a pull request.</summary>
internal static class GateMarkdown
{
    /// <summary>The text.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="head">The ledger's head, so that it stands somewhere else too; null when there is no ledger.</param>
    public static string Text(GateDecision decision, string? head)
    {
        var text = new StringBuilder();
        Line(text, $"## {Mark(decision.Verdict)} Gate {GateWords.Word(decision.Verdict).ToLowerInvariant()}: {Safe(decision.Release)}");
        Line(text, "");
        Line(text, Safe(decision.Reason) + (decision.Commit.Length > 0 ? $" Commit `{Safe(decision.Commit)}`." : ""));
        Line(text, "");
        Line(text, "| need | verdict | why | evidence |");
        Line(text, "| --- | --- | --- | --- |");
        foreach (var need in decision.Needs)
        {
            Line(
                text,
                $"| {Safe(need.Need)} | {Mark(need.Verdict)} {GateWords.Word(need.Verdict)} | {Safe(Cut(need.Reason))} | {Safe(need.Source)}{Time(need.At)} |"
            );
        }

        Figures(text, decision);
        Notes(text, decision);
        if (head is not null)
        {
            Line(text, "");
            Line(text, $"Ledger head `{head}`: `assay release verify --head {head}` tells later whether anything was cut off.");
        }

        return text.ToString();
    }

    private static void Figures(StringBuilder text, GateDecision decision)
    {
        var figures = decision.Needs.SelectMany(n => n.Figures.Select(f => (n.Need, Figure: f))).ToList();
        if (figures.Count == 0)
        {
            return;
        }

        Line(text, "");
        Line(text, "<details><summary>Figures</summary>");
        Line(text, "");
        Line(text, "| need | metric | figure | interval | limit | n | verdict |");
        Line(text, "| --- | --- | ---: | --- | ---: | ---: | --- |");
        foreach (var (need, f) in figures)
        {
            var interval = f.Low is null && f.High is null ? "" : $"{Number(f.Low)} to {Number(f.High)}";
            Line(
                text,
                $"| {Safe(need)} | {Safe(f.Metric)} | {Number(f.Estimate)} | {interval} | {Number(f.Limit)} | {f.N.ToString("#,0", CultureInfo.InvariantCulture)} | {GateWords.Word(f.Verdict)} |"
            );
        }

        Line(text, "");
        Line(text, "</details>");
    }

    private static void Notes(StringBuilder text, GateDecision decision)
    {
        var notes = decision.Needs.SelectMany(n => n.Notes.Select(note => $"{n.Need}: {note}")).ToList();
        if (GateWords.Approvals(decision.Approvals) is { Length: > 0 } approvals)
        {
            notes.Insert(0, approvals);
        }

        if (notes.Count > 0)
        {
            Line(text, "");
        }

        notes.ForEach(note => Line(text, "- " + Safe(note)));
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Mark(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "✅",
            Verdict.Fail => "❌",
            _ => "⏳",
        };

    private static string Time(DateTimeOffset? at) => at is { } t ? string.Create(CultureInfo.InvariantCulture, $", {t.UtcDateTime:yyyy-MM-dd HH:mm}Z") : "";

    private static string Number(double? number) => number is { } n ? n.ToString("0.####", CultureInfo.InvariantCulture) : "";

    private static string Cut(string text) => text.Length <= 300 ? text : text[..299] + "…";

    // What stands in names and reasons must not become markup of the page it is put on.
    private static string Safe(string text) =>
        text.Replace("\\", "\\\\").Replace("|", "\\|").Replace("<", "&lt;").Replace("`", "'").Replace("\n", " ").Replace("\r", " ");
}
