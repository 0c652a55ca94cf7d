using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>Times of events, which are kept in nanoseconds since 1970.</summary>
internal static class TraceTimes
{
    private const long NanosPerTick = 100;

    public static DateTimeOffset Of(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / NanosPerTick);

    public static double Ms(long nanos) => nanos / 1e6;

    /// <summary>The end of a span; a begin near the end of time does not wrap around to the past.</summary>
    public static long EndOf(SpanEvent span) => span.StartNanos > long.MaxValue - span.DurationNanos ? long.MaxValue : span.StartNanos + span.DurationNanos;
}
