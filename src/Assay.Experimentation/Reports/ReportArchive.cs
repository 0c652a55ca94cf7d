using System.Globalization;
using System.Text;
using Assay.Experimentation.Analysis;
using Assay.Stores;

namespace Assay.Experimentation.Reports;

/// <summary>
/// Reports of remembered looks as they were then, Markdown and JSON: later events and deletions change what a look back would tell, and nothing changes these.
/// </summary>
/// <param name="objects">Where they are: <c>experiments/NAME/VERSION/TIME.md</c> and <c>.json</c>.</param>
internal sealed class ReportArchive(IObjectStore objects)
{
    /// <summary>Reports that are kept of a version, the latest: those of more than a year of daily looks. Looks themselves all stay.</summary>
    public const int MostKept = 400;

    private const string Stamp = "yyyyMMdd'T'HHmmssfff'Z'";

    private const string Markdown = "md";
    private const string Json = "json";

    /// <summary>What a report is kept as.</summary>
    public static IReadOnlyList<string> Formats { get; } = [Markdown, Json];

    /// <summary>The time of a look as names and addresses have it: <c>20260312T000000000Z</c>.</summary>
    public static string StampOf(DateTimeOffset at) => at.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture);

    /// <summary>Keeps the report of a look, and lets go of the oldest beyond <see cref="MostKept"/>.</summary>
    public async Task KeepAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        await PutAsync(report, Markdown, ExperimentMarkdown.Text(report), cancellationToken);
        // The looks before it are documents of their own; a copy of all in each would grow with their square.
        await PutAsync(report, Json, ReportJson.Text(report with { Looks = [report.Looks[^1]] }), cancellationToken);
        var kept = await objects.ListAsync(new ObjectQuery(Folder(report.Experiment, report.Version)) { Limit = 10_000 }, cancellationToken);
        foreach (var old in kept.Take(kept.Count - (MostKept * Formats.Count)))
        {
            await objects.DeleteAsync(old.Name, cancellationToken);
        }
    }

    /// <summary>A report; null when there is none.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="version">Its version.</param>
    /// <param name="stamp">The time of the look, see <see cref="StampOf"/>; any text.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public async Task<Stream?> OpenAsync(string experiment, int version, string stamp, string format, CancellationToken cancellationToken) =>
        DateTime.TryParseExact(stamp, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? await objects.GetAsync($"{Folder(experiment, version)}{stamp}.{format}", cancellationToken)
            : null;

    private async Task PutAsync(ExperimentReport report, string format, string text, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        await objects.PutAsync($"{Folder(report.Experiment, report.Version)}{StampOf(report.At)}.{format}", content, cancellationToken);
    }

    private static string Folder(string experiment, int version) => string.Create(CultureInfo.InvariantCulture, $"experiments/{experiment}/{version}/");
}
