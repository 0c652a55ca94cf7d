using Assay.Cli.Showing;
using Assay.Embedded.Safety;

namespace Assay.Cli.Keeping;

/// <summary>A check of a database for a terminal of 80 columns.</summary>
internal static class DataCheckView
{
    // The rest is in the JSON document.
    private const int MostShown = 5;

    public static Task WriteAsync(TextWriter output, DataCheckReport report) => output.WriteLineAsync(string.Join('\n', Lines(report)));

    private static IEnumerable<string> Lines(DataCheckReport report) =>
        report.Verdict switch
        {
            Verdict.NoData => [$"No data: there is no {report.Database}."],
            Verdict.Pass => [$"Sound: {About(report)}.", "", .. report.Parts.SelectMany(PartLines)],
            _ => [$"Damaged: {About(report)}.", "", .. report.Parts.SelectMany(PartLines), "", .. Fix(report)],
        };

    private static string[] Fix(DataCheckReport report) =>
        report.Parts.All(part => part.Problems.Count == 0 || part.Name == "objects")
            ?
            [
                "The database is sound. Hand in again what a damaged object belongs to (a run:",
                "`assay eval publish RUN`), or put a backup back with `assay data restore`.",
            ]
            : ["Stop the hub and put a backup back with `assay data restore FILE --yes`;", "the damaged database is kept beside it."];

    private static string About(DataCheckReport report) =>
        $"{report.Database}, {Amount.Of(report.Bytes, "bytes")}" + (report.SchemaVersion > 0 ? $", tables of version {report.SchemaVersion}" : "");

    private static IEnumerable<string> PartLines(DataCheckPart part)
    {
        yield return $"{part.Name, -12}{Finding(part.Problems.Count)}";
        foreach (var problem in part.Problems.Take(MostShown))
        {
            yield return $"    {problem}";
        }

        if (part.Problems.Count > MostShown)
        {
            yield return $"    and {part.Problems.Count - MostShown} more, see --json";
        }
    }

    private static string Finding(int problems) =>
        problems switch
        {
            0 => "ok",
            1 => "1 problem",
            DataCheck.MostProblems => $"{problems} problems or more",
            _ => $"{problems} problems",
        };
}
