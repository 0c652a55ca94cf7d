namespace Assay.Embedded.Events;

/// <summary>Nanoseconds since 1970 UTC and times; a long holds the years 1677 to 2262, what lies outside stays at the ends.</summary>
internal static class Nanos
{
    public static long Of(DateTimeOffset time) =>
        (long)Int128.Clamp((Int128)(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick, long.MinValue, long.MaxValue);

    public static long Of(TimeSpan time) => (long)Int128.Clamp((Int128)time.Ticks * TimeSpan.NanosecondsPerTick, long.MinValue, long.MaxValue);

    public static DateTimeOffset ToTime(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / TimeSpan.NanosecondsPerTick);
}
