using Assay.Server.Costs;
using Assay.Server.Overview;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Quality;

/// <summary>Asks the store and the SLOs for what a dashboard shows.</summary>
internal sealed class DashboardReader(IEventStore events, CostReader costs, IEnumerable<ISloLights> slos, TimeProvider time)
{
    private const int MostRows = 20_000;

    /// <summary>Everything in one document.</summary>
    /// <exception cref="AssayException">There are more operations than can be told (exit code 2).</exception>
    public async Task<Dashboard> ReadAsync(TimeWindow window, bool hasSteps, IReadOnlyDictionary<Dimension, string> where, CancellationToken cancellationToken)
    {
        var requests = await AskAsync(Series.Requests, window, [Dimension.Name], where, cancellationToken);
        var tools = await AskAsync(Series.Spans, window, [Dimension.Name], With(where, Dimension.Category, DashboardSums.ToolCategory), cancellationToken);
        var points = hasSteps ? await AskAsync(Series.Requests, window, [], where, cancellationToken, window.Step) : null;
        return new Dashboard(
            window.From,
            window.Before,
            time.GetUtcNow(),
            DashboardSums.Latency(requests),
            DashboardSums.Errors(requests),
            await costs.ReadAsync(new CostQuestion(window, hasSteps, CostSplit.Model, where), cancellationToken),
            await QualityAsync(window, QualitySplit.Of(""), where, cancellationToken),
            DashboardSums.Tools(tools),
            await SlosAsync(where.GetValueOrDefault(Dimension.Service), cancellationToken),
            points is null ? null : DashboardSums.Points(points, window)
        );
    }

    /// <summary>Scores, ratings and guardrails.</summary>
    public async Task<QualityReport> QualityAsync(
        TimeWindow window,
        QualitySplit by,
        IReadOnlyDictionary<Dimension, string> where,
        CancellationToken cancellationToken
    )
    {
        var rows = await AskAsync(Series.Scores, window, QualitySums.SplitWith(by.Dimension), where, cancellationToken);
        return new QualityReport(
            window.From,
            window.Before,
            by.Name,
            QualitySums.Means(rows, ScoreKind.Quality),
            QualitySums.Means(rows, ScoreKind.Rating),
            QualitySums.Guardrails(rows)
        );
    }

    private static Dictionary<Dimension, string> With(IReadOnlyDictionary<Dimension, string> where, Dimension dimension, string value) =>
        new(where) { [dimension] = value };

    private async Task<IReadOnlyList<SloRow>> SlosAsync(string? service, CancellationToken cancellationToken)
    {
        var rows = new List<SloRow>();
        foreach (var source in slos)
        {
            rows.AddRange((await source.ListAsync(cancellationToken)).Where(slo => service is null || slo.Service == service).Select(SloRow.Of));
        }

        return [.. rows.OrderBy(slo => slo.Service, StringComparer.Ordinal).ThenBy(slo => slo.Name, StringComparer.Ordinal)];
    }

    private Task<IReadOnlyList<AggregateRow>> AskAsync(
        Series series,
        TimeWindow window,
        IReadOnlyList<Dimension> by,
        IReadOnlyDictionary<Dimension, string> where,
        CancellationToken cancellationToken,
        TimeSpan? step = null
    ) =>
        events.AggregateAsync(
            new AggregateQuery(series, window.From, window.Before)
            {
                By = by,
                Where = where,
                Step = step,
                Limit = MostRows,
            },
            cancellationToken
        );
}
