using System.Threading.Channels;
using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Exposures;

/// <summary>Exposures and outcomes on their way to the hub, so many at most. Whoever records never waits: what has no room is lost and counted.</summary>
internal sealed class EventBuffer
{
    private readonly Channel<WaitingEvent> waiting;
    private readonly bool hasHub;
    private readonly ClientTelemetry telemetry;
    private long untold;

    /// <param name="capacity">How many wait at most.</param>
    /// <param name="hasHub">Whether there is somebody to send to; otherwise events are counted and forgotten.</param>
    /// <param name="telemetry">Counts what is lost.</param>
    public EventBuffer(int capacity, bool hasHub, ClientTelemetry telemetry)
    {
        (this.hasHub, this.telemetry) = (hasHub, telemetry);
        waiting = Channel.CreateBounded<WaitingEvent>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>What waits, in the order in which it came.</summary>
    public ChannelReader<WaitingEvent> Reader => waiting.Reader;

    /// <summary>Keeps an event for sending; false when there is no room, or the service ends.</summary>
    public bool TryAdd(in WaitingEvent waitingEvent)
    {
        if (!hasHub)
        {
            telemetry.Count(waitingEvent.Kind, EventOutcome.NoHub);
            return true;
        }

        if (waiting.Writer.TryWrite(waitingEvent))
        {
            return true;
        }

        telemetry.Count(waitingEvent.Kind, EventOutcome.BufferFull);
        Interlocked.Increment(ref untold);
        return false;
    }

    /// <summary>How many were lost since this was last asked.</summary>
    public long TakeUntold() => Interlocked.Exchange(ref untold, 0);

    /// <summary>Takes no more.</summary>
    public void Complete() => waiting.Writer.TryComplete();
}
