using System.Globalization;
using System.Net;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Health;

namespace Assay.Experimentation.Reports;

/// <summary>Pieces of HTML. Every text that came from a file or a store goes through <see cref="Text"/>.</summary>
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

    /// <summary>A share of a drawing's width: <c>12.5%</c>.</summary>
    public static string Percent(double share) => Number(Math.Clamp(share, 0, 1) * 100) + "%";

    /// <summary>A coordinate.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A word with its shape and colour.</summary>
    public static string Badge(string tone, string word, bool isBadge = false) =>
        $"<span class=\"verdict {(isBadge ? "badge " : "")}{tone}\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#{tone}\"/></svg>{Text(word)}</span>";

    public static string Tone(DecidedAction action) =>
        action switch
        {
            DecidedAction.Ship => "pass",
            DecidedAction.RollBack => "fail",
            DecidedAction.Review => "inconclusive",
            _ => "nodata",
        };

    public static string Tone(Finding finding) =>
        finding switch
        {
            Finding.Better or Finding.Held => "pass",
            Finding.Worse or Finding.Broken => "fail",
            Finding.None => "nodata",
            _ => "inconclusive",
        };

    public static string Tone(HealthState state) =>
        state switch
        {
            HealthState.Fine => "pass",
            HealthState.Fault => "fail",
            _ => "inconclusive",
        };
}
