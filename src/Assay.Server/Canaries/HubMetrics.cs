using System.Globalization;
using Assay.Releases.Canaries;
using Assay.Stores;

namespace Assay.Server.Canaries;

/// <summary>Figures of both arms from the hub's own store: requests, durations, costs, scores, spans and log records, told apart by the flag's variant or by version.</summary>
/// <param name="events">The store.</param>
internal sealed class HubMetrics(IEventStore events) : ICanaryMetrics
{
    private const int MostRows = 100_000;

    public async Task<CanaryReading> ReadAsync(CanaryPlan plan, DateTimeOffset stepSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = new StepQuestion(plan, CanaryArms.Of(plan), StepWindow.Of(plan, stepSince, now));
        var requests = await SumAsync(asked, Series.Requests, name: null, cancellationToken);
        var traces = await WorstAsync(asked, requests, cancellationToken);
        var metrics = new List<MetricReading>();
        foreach (var metric in plan.Metrics)
        {
            metrics.Add(
                NoRequests(asked, metric, requests) ?? OfCanaryAlone(asked, requests, await ReadAsync(asked, metric, requests, traces, cancellationToken))
            );
        }

        return new CanaryReading(requests.Count(ofCanary: false), requests.Count(ofCanary: true), metrics);
    }

    private async Task<MetricReading> ReadAsync(
        StepQuestion asked,
        CanaryMetric metric,
        ArmSeries requests,
        IReadOnlyList<string> traces,
        CancellationToken cancellationToken
    )
    {
        var source = CanarySource.Of(metric, asked.Plan.File.Place);
        return source.Kind switch
        {
            CanarySourceKind.Errors => Rate(metric, requests, requests, s => s.Failed) with { TraceIds = traces },
            CanarySourceKind.Latency => Latency(metric, requests),
            CanarySourceKind.Cost => Cost(metric, requests),
            CanarySourceKind.Score => Score(metric, source, await SumAsync(asked, Series.Scores, source.Name, cancellationToken)),
            CanarySourceKind.Span => Spans(metric, source, requests, await SumAsync(asked, Series.Spans, source.Name, cancellationToken)),
            CanarySourceKind.Fallback => await FallbacksAsync(asked, metric, source, requests, cancellationToken),
            _ when asked.Arms.Flag is not null => new MetricReading(metric.Name, null, null)
            {
                Error = "log records do not say which variant a request had; split by version, or watch fallback STAGE",
            },
            _ => Rate(metric, requests, await SumAsync(asked, Series.Logs, source.Name, cancellationToken), s => s.Count),
        };
    }

    private static MetricReading? NoRequests(StepQuestion asked, CanaryMetric metric, ArmSeries requests) =>
        requests.Count(ofCanary: true) > 0
            ? null
            : new MetricReading(metric.Name, ArmReading.Rate(requests.Count(ofCanary: false), 0), ArmReading.Rate(0, 0))
            {
                Missing = NoneOf(asked, requests.Count(ofCanary: false) > 0 ? "the canary has" : "neither arm has"),
            };

    // Without control nothing is compared; what the canary did by itself is told all the same, for its limit.
    private static MetricReading OfCanaryAlone(StepQuestion asked, ArmSeries requests, MetricReading reading) =>
        requests.Count(ofCanary: false) > 0 || reading.Error is not null ? reading : reading with { Missing = reading.Missing ?? NoneOf(asked, "control has") };

    private static string NoneOf(StepQuestion asked, string who) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{who} requests of '{asked.Plan.Service}' with {asked.Arms.Text} since {asked.Window.From.UtcDateTime:yyyy-MM-dd HH:mm}Z: none"
        );

    // Spans of a name that nobody's variant is known of are not spans of neither: to count none of them would be to pass whatever happens.
    private static MetricReading Spans(CanaryMetric metric, CanarySource source, ArmSeries requests, ArmSeries spans) =>
        spans.Untold > 0 && spans.Count(ofCanary: false) + spans.Count(ofCanary: true) == 0
            ? new MetricReading(metric.Name, null, null)
            {
                Error = $"{spans.Untold} spans '{source.Name}' do not say which variant their request had; split by version, or watch fallback STAGE",
            }
            : Rate(metric, requests, spans, s => s.Count);

    private async Task<MetricReading> FallbacksAsync(
        StepQuestion asked,
        CanaryMetric metric,
        CanarySource source,
        ArmSeries requests,
        CancellationToken cancellationToken
    )
    {
        var runs = StageRuns.Of(await RowsAsync(asked, Series.Fallbacks, source.Name, [Dimension.Category], cancellationToken), asked.Arms, source.Reason);
        var reading = runs.Read(metric, source, requests);
        return runs.Failed(ofCanary: true) == 0
            ? reading
            : reading with
            {
                TraceIds = await new StageTraces(events).FindAsync(asked.OfCanary(runs.WorstLabel), asked.Window, runs, source, cancellationToken),
            };
    }

    // A request may leave several spans or records of a name, and which are of one nobody counted: the share is told, up to all requests, and proves nothing.
    private static MetricReading Rate(CanaryMetric metric, ArmSeries requests, ArmSeries counted, Func<ArmSum, long> count)
    {
        ArmReading Arm(bool canary)
        {
            var n = requests.Count(canary);
            return ArmReading.Rate(n, Math.Min(n, counted.Points.Sum(p => count(p.Of(canary)))));
        }

        return new MetricReading(metric.Name, Arm(canary: false), Arm(canary: true)) { MatchedShare = requests.MatchedBy(counted, count) };
    }

    private static MetricReading Latency(CanaryMetric metric, ArmSeries requests)
    {
        var (control, canary) = (requests.Durations(ofCanary: false), requests.Durations(ofCanary: true));
        return metric.Kind == CanaryMetricKind.Quantile
            ? new MetricReading(metric.Name, ArmReading.Quantile(control), ArmReading.Quantile(canary))
            : new MetricReading(metric.Name, ArmReading.Mean(SketchMoments.Of(control)), ArmReading.Mean(SketchMoments.Of(canary)));
    }

    private static MetricReading Cost(CanaryMetric metric, ArmSeries requests)
    {
        var unpriced = requests.Points.Sum(p => p.Control.Unpriced + p.Canary.Unpriced);
        return unpriced > 0
                ? new MetricReading(metric.Name, null, null) { Missing = $"the price of {unpriced} model calls is unknown, and an unknown price is not 0" }
            : (requests.Costs(ofCanary: false) ?? requests.BatchedCosts(ofCanary: false)) is not { } control
            || (requests.Costs(ofCanary: true) ?? requests.BatchedCosts(ofCanary: true)) is not { } canary
                ? new MetricReading(metric.Name, null, null)
                {
                    Missing =
                        "a part of the requests was stored by an earlier version, which kept no spread of costs; a step that begins now has it, and from 20 points of time on both arms it is told without",
                }
            : new MetricReading(metric.Name, ArmReading.Mean(control), ArmReading.Mean(canary));
    }

    private static MetricReading Score(CanaryMetric metric, CanarySource source, ArmSeries scores)
    {
        var (control, canary) = (scores.Values(ofCanary: false), scores.Values(ofCanary: true));
        return control.Count > 0 && canary.Count > 0
            ? new MetricReading(metric.Name, ArmReading.Mean(control), ArmReading.Mean(canary))
            : new MetricReading(metric.Name, ArmReading.Mean(control), ArmReading.Mean(canary))
            {
                Missing = $"there is no score '{source.Name}' of {(control.Count > 0 ? "the canary" : canary.Count > 0 ? "control" : "either arm")}",
            };
    }

    private async Task<ArmSeries> SumAsync(StepQuestion asked, Series series, string? name, CancellationToken cancellationToken) =>
        ArmSeries.Of(await RowsAsync(asked, series, name, [], cancellationToken), asked.Arms);

    private Task<IReadOnlyList<AggregateRow>> RowsAsync(
        StepQuestion asked,
        Series series,
        string? name,
        IReadOnlyList<Dimension> by,
        CancellationToken cancellationToken
    )
    {
        var where = new Dictionary<Dimension, string> { [Dimension.Service] = asked.Plan.Service };
        if (name is not null)
        {
            where[Dimension.Name] = name;
        }

        if (asked.Plan.File.Environment is { } environment)
        {
            where[Dimension.Environment] = environment;
        }

        var query = new AggregateQuery(series, asked.Window.From, asked.Window.Before)
        {
            Step = asked.Window.Point,
            By = [asked.Arms.Dimension, .. by],
            Where = where,
            Limit = MostRows,
        };
        return events.AggregateAsync(query, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> WorstAsync(StepQuestion asked, ArmSeries requests, CancellationToken cancellationToken)
    {
        if (requests.WorstLabel is null)
        {
            return [];
        }

        var query = asked.OfCanary(requests.WorstLabel) with { Failed = true, Limit = Evidence.MostTraces };
        var page = await events.FindRequestsAsync(query, cancellationToken);
        return [.. page.Rows.Select(r => r.Request.Trace.ToString())];
    }

    private sealed record StepQuestion(CanaryPlan Plan, CanaryArms Arms, StepWindow Window)
    {
        /// <summary>Requests of the canary in the step.</summary>
        public RequestQuery OfCanary(string? label) =>
            new()
            {
                From = Window.From,
                Before = Window.Before,
                Service = Plan.Service,
                Environment = Plan.File.Environment,
                Variant = Arms.Dimension == Dimension.Variant ? label : null,
                Version = Arms.Dimension == Dimension.Variant ? null : label,
            };
    }
}
