using System.Globalization;
using Assay.Cli.Showing;
using Assay.Observability.Slos;

namespace Assay.Cli.Objectives;

/// <summary>SLOs that were read; with <c>--json</c> this is the document.</summary>
/// <param name="Slos">Each SLO, by name.</param>
internal sealed record SloCheckReport(IReadOnlyList<CheckedSlo> Slos)
{
    public static SloCheckReport Of(IReadOnlyList<SloDefinition> slos) => new([.. slos.Select(CheckedSlo.Of)]);
}

/// <summary>One SLO.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Service">The service.</param>
/// <param name="Target">The share of good events.</param>
/// <param name="Counts">What it counts, and what is good.</param>
/// <param name="NeverFires">Alerts that even a full outage cannot fire: the budget is too large for their burn rate.</param>
internal sealed record CheckedSlo(string Name, string Service, double Target, string Counts, IReadOnlyList<string> NeverFires)
{
    public static CheckedSlo Of(SloDefinition slo) =>
        new(slo.Name, slo.Service, slo.Target, Words(slo.Indicator), [.. BurnPolicy.Pairs.Where(p => p.Burn > slo.GreatestBurn).Select(AlertName)]);

    private static string AlertName(BurnPair pair) =>
        string.Create(CultureInfo.InvariantCulture, $"{(pair.Severity == AlertSeverity.Page ? "page" : "ticket")} at {pair.Burn:0.#} x");

    private static string Words(SloIndicator indicator)
    {
        var what = indicator.Signal switch
        {
            SloSignal.Requests => "requests",
            SloSignal.Calls => "calls",
            SloSignal.Scores => "scores",
            _ => "counted by Prometheus",
        };
        return indicator switch
        {
            { Signal: SloSignal.Prometheus } => what,
            { Good: GoodWhen.AtMost } => string.Create(CultureInfo.InvariantCulture, $"{what}, good within {indicator.Threshold:0.###} ms"),
            { Good: GoodWhen.AtLeast } => string.Create(CultureInfo.InvariantCulture, $"{what}, good from {indicator.Threshold:0.###}"),
            _ => $"{what}, good without an error",
        };
    }
}

/// <summary>Checked SLOs for a terminal of 80 columns.</summary>
internal static class SloCheckView
{
    public static async Task WriteAsync(TextWriter output, SloCheckReport report)
    {
        foreach (var slo in report.Slos)
        {
            var promise = string.Create(CultureInfo.InvariantCulture, $"{slo.Name}: {(decimal)slo.Target * 100:0.######} % of {slo.Service}'s {slo.Counts}.");
            foreach (var line in WrappedText.Lines(promise).Concat(slo.NeverFires.Select(n => $"  note: its budget is too large to {n}")))
            {
                await output.WriteLineAsync(line);
            }
        }

        await output.WriteLineAsync($"{report.Slos.Count} SLOs are right.");
    }
}
