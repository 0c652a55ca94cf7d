using System.Globalization;
using Assay.Cli.Showing;
using Assay.Server.Slos;

namespace Assay.Cli.Objectives;

/// <summary>How SLOs stand, for a terminal of 80 columns.</summary>
internal static class SloStatusView
{
    // Burn rates of these windows have room.
    private static readonly string[] Windows = ["5m", "1h", "6h", "3d"];

    public static async Task WriteAsync(TextWriter output, SlosReport report)
    {
        foreach (var line in Lines(report))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(SlosReport report) =>
        report.Slos.Count == 0
            ? ["No SLOs: write one as docs/reference/en/slos.md shows, or send traces to the hub."]
            :
            [
                $"{"slo", -25}{"verdict", -13}{"budget", 9}{"burn 5m", 9}{"1h", 8}{"6h", 8}{"3d", 8}",
                .. report.Slos.Select(Row),
                "",
                .. report.Slos.SelectMany(Words),
            ];

    private static string Row(SloReport slo) =>
        $"{Fit(slo.Name, 24), -25}{Word(slo.Verdict), -13}{Percent(slo.BudgetLeft), 9}"
        + string.Concat(Windows.Select((w, i) => Rate(slo.Burns.FirstOrDefault(b => b.Window == w)?.Burn).PadLeft(i == 0 ? 9 : 8)));

    private static IEnumerable<string> Words(SloReport slo) =>
        WrappedText.Lines($"{slo.Name}: {slo.Reason}").Concat(slo.Alerts.SelectMany(a => WrappedText.Lines($"  {a.Severity}, since {a.Since:u}: {a.Reason}")));

    private static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "FAIL",
            Verdict.Inconclusive => "inconclusive",
            _ => "no data",
        };

    private static string Percent(double? share) =>
        share is not { } s ? "-"
        : s < -99.99 ? "< -9999 %"
        : s.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Rate(double? burn) => burn is not { } b ? "-" : b.ToString(b >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
