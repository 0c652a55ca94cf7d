using System.Globalization;
using System.Net;

namespace Assay.Reports;

/// <summary>Pieces of the HTML of reports. Every text that came from a file, a user or a model goes through <c>Text</c>.</summary>
internal static class Markup
{
    /// <summary>Shapes of the verdicts: they tell them apart without colour.</summary>
    public const string Symbols = """
        <svg width="0" height="0" aria-hidden="true"><defs>
        <symbol id="pass" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="currentColor"/><path d="m4.8 8.2 2.2 2.2 4.2-4.6" fill="none" stroke="var(--surface)" stroke-width="1.7"/></symbol>
        <symbol id="fail" viewBox="0 0 16 16"><path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor"/><path d="m5.5 5.5 5 5m0-5-5 5" stroke="var(--surface)" stroke-width="1.7"/></symbol>
        <symbol id="inconclusive" viewBox="0 0 16 16"><path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor"/><path d="M4.6 8h1.6m1 0h1.6m1 0h1.6" stroke="var(--surface)" stroke-width="1.8"/></symbol>
        <symbol id="nodata" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.8 2.07"/><path d="M5.5 8h5" stroke="currentColor" stroke-width="1.6"/></symbol>
        </defs></svg>
        """;

    /// <summary>The text with nothing left that HTML could read as markup.</summary>
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>The text cut to a length, encoded.</summary>
    public static string Text(string? text, int most)
    {
        var whole = text ?? "";
        return whole.Length <= most ? Text(whole) : Text(whole[..(most - (char.IsHighSurrogate(whole[most - 1]) ? 1 : 0))] + "…");
    }

    /// <summary>A sentence of ours with <c>`commands`</c> in it.</summary>
    public static string Prose(string sentence)
    {
        var parts = Text(sentence).Split('`');
        return parts.Length % 2 == 0 ? string.Join('`', parts) : string.Concat(parts.Select((part, i) => i % 2 == 1 ? $"<code>{part}</code>" : part));
    }

    /// <summary>A share of a drawing's width: <c>12.5%</c>.</summary>
    public static string Percent(double share) => Number(Math.Clamp(share, 0, 1) * 100) + "%";

    /// <summary>A coordinate.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The class that colours a verdict, and the name of its shape.</summary>
    public static string Tone(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "fail",
            Verdict.Inconclusive => "inconclusive",
            _ => "nodata",
        };

    /// <summary>A verdict as shape, word and colour.</summary>
    public static string Badge(Verdict verdict, string word, bool isBadge = false) => Badge(Tone(verdict), word, isBadge);

    /// <summary>A word with the shape and colour of a verdict.</summary>
    public static string Badge(string tone, string word, bool isBadge = false) =>
        $"<span class=\"verdict {(isBadge ? "badge " : "")}{tone}\">{Icon(tone)}{Text(word)}</span>";

    public static string Icon(string name) => $"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#{name}\"/></svg>";
}
