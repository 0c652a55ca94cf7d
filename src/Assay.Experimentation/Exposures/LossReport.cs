using Assay.Experimentation.Clients;
using Microsoft.Extensions.Logging;

namespace Assay.Experimentation.Exposures;

/// <summary>Counts what became of the events, and tells of losses at most once a minute. Used by one thread at a time.</summary>
internal sealed class LossReport(EventBuffer buffer, ClientTelemetry telemetry, Uri hub, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private DateTimeOffset toldAt = DateTimeOffset.MinValue;
    private long lost;
    private bool isNotTakenTold;

    /// <summary>The hub has the batch.</summary>
    public void Sent(List<WaitingEvent> batch)
    {
        isNotTakenTold = false;
        Count(batch, EventOutcome.Sent);
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

    /// <summary>The hub will never take the batch.</summary>
    public void Refused(List<WaitingEvent> batch, string problem)
    {
        lost += Count(batch, EventOutcome.Refused);
        TellNowAndThen($"the hub refused them: {problem}");
    }

    /// <summary>The service ended first.</summary>
    public void LostAtEnd(List<WaitingEvent> batch) => lost += Count(batch, EventOutcome.LostAtEnd);

    /// <summary>Tells what was lost, unless that was told less than a minute ago.</summary>
    public void TellNowAndThen(string reason = "the buffer was full")
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
