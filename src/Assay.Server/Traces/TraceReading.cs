using Assay.Prices;
using Assay.Server.Costs;
using Assay.Server.Decisions;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>Asks the store for what the pages of traces show.</summary>
internal sealed class TraceReading(IEventStore events, DecisionLog decisions, PriceBook prices)
{
    /// <summary>A page shows so many decisions of a trace.</summary>
    private const int MostDecisions = 20;

    public async Task<TraceList> ListAsync(TraceFilter filter, TimeWindow window, CancellationToken cancellationToken)
    {
        var page = await events.FindRequestsAsync(filter.ToQuery(window), cancellationToken);
        var services = await events.AggregateAsync(
            new AggregateQuery(Series.Requests, window.From, window.Before) { By = [Dimension.Service] },
            cancellationToken
        );
        var hasSpans = page.Rows.Count > 0 || (await events.MeasureAsync(cancellationToken)).Spans > 0;
        return new TraceList(page, [.. services.Select(row => row.By[0]).Order(StringComparer.Ordinal)], hasSpans);
    }

    /// <summary>A trace with what stands beside it; null when nothing of it is there.</summary>
    public async Task<TraceView?> TraceAsync(string id, string? span, CancellationToken cancellationToken)
    {
        var isSpan = SpanId.TryParse(span, out var chosen);
        var stored = TraceId.TryParse(id, out var key) ? await events.GetTraceAsync(key, cancellationToken) : null;
        if (stored is null || TraceModel.Of(stored, isSpan ? chosen : default) is not { } trace)
        {
            return null;
        }

        var made = await decisions.ListAsync(new DecisionQuery(key, From: null, Before: null, Skip: 0, MostDecisions), cancellationToken);
        return new TraceView(trace, await UsualAsync(trace.Request, cancellationToken), PriceOf(trace.Chosen))
        {
            Decisions =
            [
                .. made.Select(d => new TraceMoment(
                    (d.At - DateTimeOffset.UnixEpoch).Ticks * 100,
                    IconOf(d.Verdict),
                    $"{d.Subject}: {d.Choice}",
                    Phrase.Same($"{d.By}. {d.Reason}")
                )),
            ],
        };
    }

    /// <summary>The requests of the same operation in the 24 hours up to the trace: what it compares with.</summary>
    private async Task<AggregateRow?> UsualAsync(SpanEvent request, CancellationToken cancellationToken)
    {
        var at = TraceTimes.Of(request.StartNanos);
        var query = new AggregateQuery(Series.Requests, at - TimeSpan.FromDays(1), at + TimeSpan.FromMinutes(1))
        {
            Where = new Dictionary<Dimension, string> { [Dimension.Service] = request.Source.Service, [Dimension.Name] = request.Name },
        };
        return (await events.AggregateAsync(query, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The price in force when a span began; null when no file names one.</summary>
    private PricePeriod? PriceOf(SpanEvent span)
    {
        var day = DateOnly.FromDateTime(TraceTimes.Of(span.StartNanos).UtcDateTime);
        return span.Use is { } use ? prices.State.Table.Find(use.Model, use.Provider)?.Periods.LastOrDefault(p => p.From <= day && day < p.Before) : null;
    }

    private static string IconOf(Verdict? verdict) => verdict is { } known ? Surface.Components.VerdictWords.ClassOf(known) : "info";
}

/// <summary>A page of the list.</summary>
/// <param name="Page">The requests.</param>
/// <param name="Services">Services that had requests.</param>
/// <param name="HasSpans">Whether the store holds any span, of whatever time.</param>
internal sealed record TraceList(RequestPage Page, IReadOnlyList<string> Services, bool HasSpans);

/// <summary>A trace and what stands beside it.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Usual">Requests of the same operation in the 24 hours before; null when unknown.</param>
/// <param name="Price">The price in force for the chosen span; null when unknown.</param>
internal sealed record TraceView(TraceModel Trace, AggregateRow? Usual, PricePeriod? Price)
{
    /// <summary>What was decided in it.</summary>
    public IReadOnlyList<TraceMoment> Decisions { get; init; } = [];
}
