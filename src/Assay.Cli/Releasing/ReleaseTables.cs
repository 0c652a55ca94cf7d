using System.Globalization;
using Assay.Cli.Showing;
using Assay.Releases.Gates;
using Assay.Server.Releases;

namespace Assay.Cli.Releasing;

/// <summary>Releases and their history, for a terminal of 80 columns.</summary>
internal static class ReleaseTables
{
    public static IEnumerable<string> Of(ReleaseList list)
    {
        var fault = list.Fault is { } f ? WrappedText.Lines($"! {f.Problem} {f.Fix}") : [];
        return list.Releases.Count == 0
            ? [.. fault, .. list.Fault is null ? ["No releases: write one as docs/reference/en/releases.md shows."] : (string[])[]]
            : [.. fault, $"{"release", -40} {"state", -14} {"gate", -12} approved", .. list.Releases.SelectMany(Rows)];
    }

    public static IEnumerable<string> Of(HistoryReport history) =>
        history.Links.Count == 0
            ? ["Nothing happened yet."]
            : history.Links.SelectMany(link =>
                (string[])
                    [
                        .. WrappedText.Lines(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{link.Number}  {link.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {link.Release}  {link.Actor}"
                            )
                        ),
                        .. WrappedText.Within(link.Summary, 76).Select(line => "    " + line),
                    ]
            );

    private static IEnumerable<string> Rows(ListedRelease release) =>
        release.Versions.Count == 0
            ? [$"{Fit(release.Name, 40), -40} {"not begun", -14} {"-", -12} -"]
            : release.Versions.Select(v =>
                $"{Fit(v.Release, 40), -40} {Fit(v.State.Replace('_', ' '), 14), -14} {(v.Gate is { } gate ? GateWords.Word(gate) : "-"), -12} {(v.Approved.Count == 0 ? "-" : Fit(string.Join(", ", v.Approved), 11))}"
            );

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}

/// <summary>What happened; with <c>--json</c> this is the document.</summary>
/// <param name="Links">In order, the newest last.</param>
internal sealed record HistoryReport(IReadOnlyList<LinkDocument> Links);
