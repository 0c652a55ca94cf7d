using Assay.Embedded.Retention;
using Assay.Stores;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Hosting;

/// <summary>Deletes telemetry that is too old or too much while the hub runs, and says so in its log.</summary>
internal static partial class Keeping
{
    private const double BytesPerGib = 1L << 30;

    public static RetentionRunner KeepWithin(this HubTelemetry telemetry, HubOptions options, IEventStore events, TimeProvider time)
    {
        var log = telemetry.Log("Assay.Server.Keeping");
        var within = new RetentionOptions { MaxAge = TimeSpan.FromDays(options.KeepDays), MaxBytes = (long)(options.KeepGib * BytesPerGib) };
        return new RetentionRunner(events, within, time, run => Tell(log, run));
    }

    private static void Tell(ILogger log, RetentionRun run)
    {
        if (run.Problem is { } problem)
        {
            Failed(log, problem);
        }
        else if (run.Deleted > 0)
        {
            Deleted(log, run.Deleted, run.Plan?.Reason ?? "");
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Events} events deleted: {Reason}")]
    private static partial void Deleted(ILogger log, long events, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Old events could not be deleted: {Problem}")]
    private static partial void Failed(ILogger log, string problem);
}
