using System.Globalization;
using Assay.Cli.Showing;
using Assay.Statistics;
using Assay.Statistics.Planning;

namespace Assay.Cli.Planning;

/// <summary>A plan for a terminal of 80 columns.</summary>
internal static class PowerView
{
    private const int BarWidth = 50;

    public static async Task WriteAsync(TextWriter output, PowerReport report)
    {
        foreach (var line in Lines(report))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(PowerReport report) =>
        [.. WrappedText.Lines(report.Summary), .. report.Plans.OfType<PowerPlan>().Any() ? Table(report) : [], .. report.Curve.Count > 0 ? Curve(report) : []];

    private static IEnumerable<string> Table(PowerReport report)
    {
        var heading = report.Request.Paired ? $"{"pairs", 12}{"", 12}" : $"{"control", 12}{"treatment", 12}";
        return report.Plans.SelectMany(p => Row(report.Request, p)).Prepend($"{"power of", -34}{heading}{"effect", 12}{"power", 10}").Prepend("");
    }

    private static IEnumerable<string> Row(PowerRequest request, StatisticResult plan) =>
        plan switch
        {
            PowerPlan p => [Row(request, p)],
            NotComputable not => [Name(plan), .. WrappedText.Lines($"not computable: {not.Reason}").Select(l => "  " + l)],
            _ => throw new InvalidOperationException($"No row for {plan.GetType().Name}."),
        };

    private static string Row(PowerRequest request, PowerPlan plan) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(plan), -34}{Units(plan.ControlN), 12}{Units(plan.TreatmentN), 12}{Effect(request, plan.Effect), 12}{Percent(plan.Power), 10}"
        );

    /// <summary>The heading says it already: power of.</summary>
    private static string Name(StatisticResult plan) => plan.Method.Replace("Power of ", "", StringComparison.Ordinal);

    // A plan of more than a billion is read by its magnitude.
    private static string Units(long? n) =>
        n is not { } units ? ""
        : units < 1_000_000_000 ? units.ToString("#,0", CultureInfo.InvariantCulture)
        : NumberText.Fit(units, units, 12);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Effect(PowerRequest request, double effect) => NumberText.Of(effect * (request.Deviation ?? 1));

    private static IEnumerable<string> Curve(PowerReport report)
    {
        var byEffect = report.Request.Question == PowerQuestion.DetectableEffect;
        yield return "";
        yield return byEffect ? $"{"effect", 12}{"power", 10}" : $"{"n", 12}{"power", 10}";
        foreach (var point in report.Curve)
        {
            var at = byEffect ? Effect(report.Request, point.Effect) : Units(point.ControlN);
            var bar = new string('█', (int)Math.Round(BarWidth * point.Power));
            yield return $"{at, 12}{Percent(point.Power), 10}  {bar}".TrimEnd();
        }
    }
}
