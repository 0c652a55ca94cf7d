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
internal sealed class LookBook(IDocumentStore documents, IEventStore events)
{
    /// <summary>The collection of looks.</summary>
    public const string Collection = "experiment_looks";

    /// <summary>The latest looks that a report tells; older ones stay stored.</summary>
    public const int MostTold = 500;

    /// <summary>Looks now.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ExperimentReport> LookAsync(ExperimentFile definition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var report = await ReadAsync(definition, null, now, cancellationToken);
        var look = report.Looks[^1];
        await documents.PutAsync(new DocumentWrite(Collection, Key(look), ReportJson.Bytes(look)) { At = now }, cancellationToken);
        return report;
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

    private async Task<ExperimentReport> ReadAsync(ExperimentFile definition, DateTimeOffset? before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var plan = AnalysisPlan.Of(definition);
        var sums = await events.SumExperimentAsync(plan.Query(before), cancellationToken);
        return ExperimentAnalysis.Of(definition, sums, await PastAsync(plan.Experiment, plan.Version, now, cancellationToken), now);
    }

    private static string Key(ExperimentLook look) =>
        Prefix(look.Experiment, look.Version) + look.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Prefix(string experiment, int version) => string.Create(CultureInfo.InvariantCulture, $"{experiment}/{version}/");
}
