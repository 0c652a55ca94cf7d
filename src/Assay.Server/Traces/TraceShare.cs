namespace Assay.Server.Traces;

/// <summary>Where the time of a trace went.</summary>
/// <param name="Name">The span's name.</param>
/// <param name="Share">The share of the request's time that passed in it and in no span under it.</param>
internal sealed record TraceShare(string Name, double Share)
{
    /// <summary>Below this no span stands out.</summary>
    private const double LeastShare = 0.4;

    /// <summary>The span with the most time of its own, the time of its children left out; null when none stands out or the trace is one span.</summary>
    public static TraceShare? Of(TraceModel trace)
    {
        if (trace.Rows.Count < 2 || trace.Request.DurationNanos == 0)
        {
            return null;
        }

        var children = trace.Rows.Where(r => r.Span.Parent.IsPresent).ToLookup(r => r.Span.Parent, r => r.Span);
        var longest = trace
            .Rows.Select(r => (r.Span, Own: r.Span.DurationNanos - Covered(children[r.Span.Span].Select(c => (c.StartNanos, TraceTimes.EndOf(c))))))
            .MaxBy(s => s.Own);
        var share = (double)longest.Own / trace.Request.DurationNanos;
        return share is >= LeastShare and <= 1 ? new TraceShare(SpanTitle.Of(longest.Span).Name, share) : null;
    }

    /// <summary>The length of a union of intervals.</summary>
    private static long Covered(IEnumerable<(long From, long To)> intervals)
    {
        var (sum, end) = (0L, long.MinValue);
        foreach (var (from, to) in intervals.Order())
        {
            sum += Math.Max(0, to - Math.Max(from, end));
            end = Math.Max(end, to);
        }

        return sum;
    }
}
