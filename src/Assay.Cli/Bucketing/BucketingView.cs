using System.Globalization;
using Assay.Cli.Showing;
using Assay.Experimentation.Assignment;

namespace Assay.Cli.Bucketing;

/// <summary>An audit of assignment for a terminal of 80 columns.</summary>
internal static class BucketingView
{
    private const int MostLines = 20;

    public static async Task WriteAsync(TextWriter output, BucketingReport report)
    {
        foreach (var line in Lines(report))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(BucketingReport report) =>
        [
            .. WrappedText.Lines(report.Summary),
            "",
            Line("experiments", report.Experiments),
            Line("different ids", report.Ids),
            Line("ids that came again", report.Repeated),
            Line("tests", report.Tests),
            Line("tests not possible", report.Skipped),
            $"{"least p, adjusted (Holm)", -26}{(report.LeastP is { } p ? p.ToString("0.000e+0", CultureInfo.InvariantCulture) : "none"), 14}",
            Line("dropped on a ramp", report.Dropped),
            Line("arms changed on a ramp", report.Switched),
            .. Findings(report),
        ];

    private static IEnumerable<string> Findings(BucketingReport report)
    {
        if (report.Findings.Count == 0)
        {
            return [];
        }

        var lines = report.Findings.Take(MostLines).SelectMany(f => WrappedText.Lines(Words(f)));
        var more = report.Findings.Count > MostLines ? ["More are in the document of --json."] : Array.Empty<string>();
        return ["", "Does not hold:", .. lines, .. more];
    }

    private static string Words(BucketingFinding finding) =>
        $"{string.Join(" and ", finding.Experiments)}: {finding.What} (p = {finding.AdjustedP.ToString("0.0e+0", CultureInfo.InvariantCulture)})";

    private static string Line(string what, long count) => string.Create(CultureInfo.InvariantCulture, $"{what, -26}{count, 14:#,0}");
}
