namespace Assay.Server.Intake.Spans;

/// <summary>When a span began and how long it took.</summary>
internal readonly record struct SpanTimes(long StartNanos, long DurationNanos)
{
    /// <summary>
    /// Times as sent. A missing begin is the end, both missing the time of arrival; an end before its begin is a clock that was set back while
    /// the span was open, and the duration is 0. Both are counted.
    /// </summary>
    public static SpanTimes Of(ulong start, ulong end, Delivery delivery)
    {
        var hasStart = start is > 0 and <= long.MaxValue;
        var hasEnd = end is > 0 and <= long.MaxValue;
        if (!hasStart || !hasEnd)
        {
            delivery.Tally.TimesMissing++;
            var at =
                hasStart ? (long)start
                : hasEnd ? (long)end
                : delivery.ArrivalNanos;
            return new SpanTimes(at, 0);
        }

        delivery.Tally.NegativeDurations += end < start ? 1 : 0;
        return new SpanTimes((long)start, end < start ? 0 : (long)(end - start));
    }
}
