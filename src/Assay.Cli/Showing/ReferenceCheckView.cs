using System.Globalization;
using Assay.Statistics.Checking;

namespace Assay.Cli.Showing;

/// <summary>A check of reference cases for a terminal of 80 columns.</summary>
internal static class ReferenceCheckView
{
    private const int Width = 80;
    private const int OffShown = 5;

    public static async Task WriteAsync(TextWriter output, ReferenceReport report)
    {
        if (report.Cases.Count > 0)
        {
            await output.WriteLineAsync(Row("", "kind", "case", "worst value", "error", "rtol"));
        }

        foreach (var one in report.Cases)
        {
            await output.WriteLineAsync(Row(Word(one.Outcome), one.Kind, one.Name, one.Worst?.Field ?? "", Error(one.Worst), Short(one.RelativeTolerance)));
            foreach (var line in Notes(one).SelectMany(n => PassageView.Wrap(n, Width - 4)))
            {
                await output.WriteLineAsync("    " + line);
            }
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(Summary(report));
    }

    /// <summary>Cases that cannot be read, as errors.</summary>
    public static async Task WriteMalformedAsync(TextWriter error, ReferenceReport report)
    {
        foreach (var one in report.Cases.Where(c => c.Outcome == CaseOutcome.Malformed))
        {
            await error.WriteLineAsync($"error: {report.File}: {one.Problem}\n  fix: correct '{one.Name}'; the other cases were checked.");
        }
    }

    private static IEnumerable<string> Notes(CheckedCase one)
    {
        foreach (var field in one.Off.Take(OffShown))
        {
            yield return $"{field.Field}: {field.Problem}";
        }

        if (one.OffCount > OffShown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"and {one.OffCount - OffShown:#,0} more values that are off; --json names more of them");
        }

        if (one.Problem is { } problem)
        {
            yield return problem;
        }

        if (one.UnusedInputs.Count > 0)
        {
            yield return $"not used: {string.Join(", ", one.UnusedInputs)}";
        }
    }

    private static string Summary(ReferenceReport report)
    {
        var counts = OutcomeCounts.Of(report);
        var worst = report.Worst is { } at ? $"; worst relative error {Error(at.Worst)} ({at.Name})" : "";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Cases:#,0} cases: {counts.Ok:#,0} ok, {counts.Off:#,0} off, {counts.Unknown:#,0} unknown"
        );
        return string.Join('\n', PassageView.Wrap(text + (counts.Malformed > 0 ? $", {counts.Malformed:#,0} malformed" : "") + worst, Width));
    }

    private static string Row(string outcome, string kind, string name, string field, string error, string tolerance) =>
        $"{outcome, -9} {Cut(kind, 17), -17} {Cut(name, 19), -19} {Cut(field, 16), -16} {error, 8} {tolerance, 5}".TrimEnd();

    private static string Word(CaseOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static string Error(CheckedField? worst) =>
        worst switch
        {
            null => "",
            { RelativeError: { } error } => error == 0 ? "0" : error.ToString("0.0e-0", CultureInfo.InvariantCulture),
            { Problem: null } => "0",
            _ => "no value",
        };

    private static string Short(double? tolerance) => tolerance?.ToString("0.#e-0", CultureInfo.InvariantCulture) ?? "";

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
