using System.Globalization;

namespace Assay.Server.Intake.Grpc;

/// <summary>The header grpc-timeout: at most eight digits and a unit; gRPC over HTTP/2, "Requests".</summary>
internal static class GrpcTimeout
{
    private const int MostDigits = 8;
    private const int NanosPerTick = 100;

    // Beyond this a sender waits as long as it likes.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How long the sender waits; null when it does not say, or says it wrongly.</summary>
    public static TimeSpan? Parse(string? header)
    {
        if (
            header is not { Length: >= 2 and <= MostDigits + 1 }
            || !long.TryParse(header.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            return null;
        }

        var unit = header[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            'n' => 0,
            _ => -1,
        };
        return unit switch
        {
            -1 => null,
            0 => TimeSpan.FromTicks(count / NanosPerTick),
            _ => TimeSpan.FromTicks(Math.Min(count, Longest.Ticks / unit) * unit),
        };
    }
}
