using Assay.Experimentation.Clients;
using Microsoft.Extensions.Logging;

namespace Assay.Experimentation.Exposures;

/// <summary>Counts what became of the events, and tells of losses at most once a minute. Used by one thread at a time.</summary>
internal sealed class LossReport(EventBuffer buffer, ClientTelemetry telemetry, Uri hub, TimeProvider time, ILogger log)
{
    private const string BufferWasFull = "the buffer was full";

    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private DateTimeOffset toldAt = DateTimeOffset.MinValue;
    private long lost;
    private bool isNotTakenTold;

    /// <summary>The hub has the batch, or will never take it.</summary>
    public void Delivered(List<WaitingEvent> batch, DeliveryReport report)
    {
        isNotTakenTold = false;
        if (report.Delivery == Delivery.Refused)
        {
            lost += Count(batch, EventOutcome.Refused);
        }
        else
        {
            // The hub does not say of which kind those are that it rejects; its own assay_ingest_ metrics do.
            Count(batch, EventOutcome.Sent);
            lost += report.Rejected;
        }

        TellNowAndThen(report.Problem.Length > 0 ? $"the hub does not take them: {report.Problem}" : BufferWasFull);
    }

    /// <summary>The hub takes nothing for now; told once until it takes something.</summary>
    public void NotTaken(string problem)
    {
        if (!isNotTakenTold)
        {
            isNotTakenTold = true;
            log.NotTaken(hub, problem);
        }

        TellNowAndThen();
    }

    /// <summary>The service ended first.</summary>
    public void LostAtEnd(List<WaitingEvent> batch) => lost += Count(batch, EventOutcome.LostAtEnd);

    /// <summary>Tells what was lost, unless that was told less than a minute ago.</summary>
    private void TellNowAndThen(string reason = BufferWasFull)
    {
        if (time.GetUtcNow() - toldAt >= Between)
        {
            Tell(reason);
        }
    }

    /// <summary>Tells what was lost since it was last told, if anything.</summary>
    public void Tell(string reason)
    {
        lost += buffer.TakeUntold();
        if (lost > 0)
        {
            log.Lost(lost, reason);
            (lost, toldAt) = (0, time.GetUtcNow());
        }
    }

    private long Count(List<WaitingEvent> batch, EventOutcome outcome)
    {
        var exposures = batch.Count(e => e.Kind == EventKind.Exposure);
        telemetry.Count(EventKind.Exposure, outcome, exposures);
        telemetry.Count(EventKind.Outcome, outcome, batch.Count - exposures);
        return batch.Count;
    }
}
