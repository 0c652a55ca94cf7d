using Assay.Observability.Slos;
using Assay.Server.Overview;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Slos;

/// <summary>What an SLO counts, by point of a window.</summary>
/// <param name="Window">The window.</param>
/// <param name="Events">Requests or calls; empty for scores.</param>
/// <param name="Scores">Scores; empty for requests and calls.</param>
internal sealed record SloSignals(TimeWindow Window, IReadOnlyList<RequestSums?> Events, IReadOnlyList<ScoreSums?> Scores);

/// <summary>Asks the store for what an SLO counts.</summary>
internal sealed class SloSignalReading(IEventStore events)
{
    private static readonly HashSet<string> Calls = ["client", "retrieval", "model", "tool"];

    /// <summary>The sums; null for an SLO that Prometheus counts, and for one of a single variant, by which sums are not split.</summary>
    public async Task<SloSignals?> ReadAsync(SloDefinition slo, TimeWindow window, CancellationToken cancellationToken)
    {
        var (what, where) = (slo.Indicator, slo.Indicator.Where);
        if (what.Signal == SloSignal.Prometheus || where.Variant is not null)
        {
            return null;
        }

        var isScore = what.Signal == SloSignal.Scores;
        var query = new AggregateQuery(SeriesOf(what.Signal), window.From, window.Before)
        {
            By = what.Signal == SloSignal.Requests ? [] : [Dimension.Category],
            Step = window.Step,
            Where = Filter(slo, isScore),
        };
        var rows = (await events.AggregateAsync(query, cancellationToken)).Where(row => Counts(what, row)).ToList();
        return isScore
            ? new SloSignals(window, [], OverviewModel.ByPoint(window, rows, of => ScoreSums.Of("", of)))
            : new SloSignals(window, OverviewModel.ByPoint(window, rows, RequestSums.Of), []);
    }

    private static Series SeriesOf(SloSignal signal) =>
        signal switch
        {
            SloSignal.Requests => Series.Requests,
            SloSignal.Calls => Series.Spans,
            _ => Series.Scores,
        };

    // As SloMatch counts: a guardrail only where it is named.
    private static bool Counts(SloIndicator what, AggregateRow row) =>
        what.Signal switch
        {
            SloSignal.Calls => Calls.Contains(row.By[0]),
            SloSignal.Scores => what.Where.Score is not null || row.By[0] != "guardrail",
            _ => true,
        };

    private static Dictionary<Dimension, string> Filter(SloDefinition slo, bool isScore)
    {
        var where = slo.Indicator.Where;
        var filter = new Dictionary<Dimension, string> { [Dimension.Service] = slo.Service };
        Add(isScore ? Dimension.Operation : Dimension.Name, where.Operation);
        Add(Dimension.Version, where.Version);
        Add(Dimension.Environment, where.Environment);
        if (isScore)
        {
            Add(Dimension.Name, where.Score);
        }

        return filter;

        void Add(Dimension dimension, string? value)
        {
            if (value is not null)
            {
                filter[dimension] = value;
            }
        }
    }
}
