using System.Globalization;
using Assay.Cli.Showing;
using Assay.Statistics;

namespace Assay.Cli.Ratios;

/// <summary>A check of shares for a terminal of 80 columns.</summary>
internal static class SampleRatioView
{
    public static async Task WriteAsync(TextWriter output, SampleRatioReport report)
    {
        foreach (var line in Lines(report))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(SampleRatioReport report) =>
        [
            .. WrappedText.Lines(report.Summary),
            "",
            $"{"arm", -4}{"observed", 18}{"expected", 18}{"difference", 18}{"share", 11}{"planned", 11}",
            .. report.Arms.Select((arm, i) => ArmLine(i + 1, arm)),
            .. Test(report.Result),
        ];

    private static string ArmLine(int number, ObservedArm arm) =>
        arm.Expected is { } expected
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{number, -4}{arm.Observed, 18:#,0}{Units(expected), 18}{Difference(arm.Observed - expected), 18}{arm.Share, 11:0.00 %}{arm.PlannedShare, 11:0.00 %}"
            )
            : string.Create(CultureInfo.InvariantCulture, $"{number, -4}{arm.Observed, 18:#,0}          left out: its weight is 0");

    private static string Difference(double units) => units > 0 ? "+" + Units(units) : Units(units);

    /// <summary>Tenths of a unit while they are worth reading.</summary>
    private static string Units(double units) => units.ToString(Math.Abs(units) < 1e6 ? "#,0.#" : "#,0", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Test(StatisticResult result)
    {
        if (result is Computed { Statistic: { } statistic, DegreesOfFreedom: { } degrees, P: { } p })
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"χ² = {NumberText.Of(statistic)}, {degrees:0} df, {NumberText.Equation(p)}");
            return ["", line, .. WrappedText.Lines($"{result.Method} ({result.Reference})")];
        }

        return [];
    }
}
