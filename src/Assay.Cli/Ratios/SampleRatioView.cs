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
            $"{"arm", -5}{"observed", 15}{"expected", 18}{"difference", 16}{"share", 12}{"planned", 12}",
            .. report.Arms.Select((arm, i) => ArmLine(i + 1, arm)),
            .. Test(report.Result),
        ];

    private static string ArmLine(int number, ObservedArm arm) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{number, -5}{arm.Observed, 15:#,0}{arm.Expected, 18:#,0.0}{arm.Observed - arm.Expected, 16:+#,0.0;-#,0.0;0}{arm.Share, 12:0.00 %}{arm.PlannedShare, 12:0.00 %}"
        );

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
