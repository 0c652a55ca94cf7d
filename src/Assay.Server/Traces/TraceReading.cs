using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>Asks the store for what the pages of traces show.</summary>
internal sealed class TraceReading(IEventStore events)
{
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

    public async Task<TraceModel?> TraceAsync(string id, string? span, CancellationToken cancellationToken)
    {
        var trace = TraceId.TryParse(id, out var key) ? await events.GetTraceAsync(key, cancellationToken) : null;
        return trace is null ? null : TraceModel.Of(trace, SpanId.TryParse(span, out var chosen) ? chosen : default);
    }

    /// <summary>The requests of the same operation in the 24 hours up to the trace: what it compares with.</summary>
    public async Task<AggregateRow?> UsualAsync(SpanEvent request, CancellationToken cancellationToken)
    {
        var at = TraceTimes.Of(request.StartNanos);
        var query = new AggregateQuery(Series.Requests, at - TimeSpan.FromDays(1), at + TimeSpan.FromMinutes(1))
        {
            Where = new Dictionary<Dimension, string> { [Dimension.Service] = request.Source.Service, [Dimension.Name] = request.Name },
        };
        return (await events.AggregateAsync(query, cancellationToken)).SingleOrDefault();
    }
}

/// <summary>A page of the list.</summary>
/// <param name="Page">The requests.</param>
/// <param name="Services">Services that had requests.</param>
/// <param name="HasSpans">Whether the store holds any span, of whatever time.</param>
internal sealed record TraceList(RequestPage Page, IReadOnlyList<string> Services, bool HasSpans);

/// <summary>Times of events, which are kept in nanoseconds since 1970.</summary>
internal static class TraceTimes
{
    private const long NanosPerTick = 100;

    public static DateTimeOffset Of(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / NanosPerTick);

    public static double Ms(long nanos) => nanos / 1e6;
}
