using System.Globalization;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Reports;
using Assay.Stores;

namespace Assay.Experimentation.Analysis.Looks;

/// <summary>
/// Looks at experiments and remembers them: a document a look in <see cref="Collection"/>, its key experiment, version and time. What was looked at is part
/// of what a result means, and intervals over time are drawn from it.
/// </summary>
/// <param name="documents">Where looks are.</param>
/// <param name="events">Where exposures and outcomes are.</param>
/// <param name="reports">Keeps the reports of looks; null for none.</param>
internal sealed class LookBook(IDocumentStore documents, IEventStore events, ReportArchive? reports = null)
{
    /// <summary>The collection of looks.</summary>
    public const string Collection = "experiment_looks";

    /// <summary>The latest looks that a report tells; older ones stay stored.</summary>
    public const int MostTold = 500;

    // Looks by hand between two of the schedule; beyond these one is made again.
    private const int MostSearched = 5_000;

    /// <summary>Looks now.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ExperimentReport> LookAsync(ExperimentFile definition, DateTimeOffset now, CancellationToken cancellationToken) =>
        await RememberAsync(await ReadAsync(definition, null, now, cancellationToken), isScheduled: false, cancellationToken);

    /// <summary>Looks now because the schedule says so.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="due">When the look became due.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The report; null when no unit had been exposed by the time it became due: there is nothing to remember then.</returns>
    public async Task<ExperimentReport?> LookOnScheduleAsync(
        ExperimentFile definition,
        DateTimeOffset due,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var report = await ReadAsync(definition, null, now, cancellationToken);
        return report.Began < due ? await RememberAsync(report, isScheduled: true, cancellationToken) : null;
    }

    /// <summary>How it stood at a time in the past: told, not remembered, since nobody looked then.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="asOf">Events up to this time count.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<ExperimentReport> RecallAsync(ExperimentFile definition, DateTimeOffset asOf, CancellationToken cancellationToken) =>
        ReadAsync(definition, asOf, asOf, cancellationToken);

    /// <summary>Remembered looks at a version, the oldest first.</summary>
    public async Task<IReadOnlyList<ExperimentLook>> PastAsync(string experiment, int version, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var found = await documents.ListAsync(
            new DocumentQuery(Collection)
            {
                KeyPrefix = Prefix(experiment, version),
                Before = before,
                Limit = MostTold,
            },
            cancellationToken
        );
        return [.. found.Select(d => ReportJson.Look(d.Json.Span)).OrderBy(l => l.At)];
    }

    /// <summary>The time of the last look of the schedule; null when there is none.</summary>
    public async Task<DateTimeOffset?> LastScheduledAsync(string experiment, int version, CancellationToken cancellationToken)
    {
        for (var skip = 0; skip < MostSearched; skip += MostTold)
        {
            var query = new DocumentQuery(Collection)
            {
                KeyPrefix = Prefix(experiment, version),
                Skip = skip,
                Limit = MostTold,
            };
            var found = await documents.ListAsync(query, cancellationToken);
            if (found.Select(d => ReportJson.Look(d.Json.Span)).FirstOrDefault(l => l.IsScheduled) is { } last)
            {
                return last.At;
            }

            if (found.Count < MostTold)
            {
                break;
            }
        }

        return null;
    }

    private async Task<ExperimentReport> ReadAsync(ExperimentFile definition, DateTimeOffset? before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var plan = AnalysisPlan.Of(definition);
        var sums = await events.SumExperimentAsync(plan.Query(before), cancellationToken);
        return ExperimentAnalysis.Of(definition, sums, await PastAsync(plan.Experiment, plan.Version, now, cancellationToken), now);
    }

    // The report first: whoever reads that it is there finds it.
    private async Task<ExperimentReport> RememberAsync(ExperimentReport report, bool isScheduled, CancellationToken cancellationToken)
    {
        var look = report.Looks[^1] with { IsScheduled = isScheduled, HasReport = reports is not null };
        var remembered = report with { Looks = [.. report.Looks.SkipLast(1), look] };
        if (reports is not null)
        {
            await reports.KeepAsync(remembered, cancellationToken);
        }

        await documents.PutAsync(new DocumentWrite(Collection, Key(look), ReportJson.Bytes(look)) { At = look.At }, cancellationToken);
        return remembered;
    }

    private static string Key(ExperimentLook look) =>
        Prefix(look.Experiment, look.Version) + look.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Prefix(string experiment, int version) => string.Create(CultureInfo.InvariantCulture, $"{experiment}/{version}/");
}
