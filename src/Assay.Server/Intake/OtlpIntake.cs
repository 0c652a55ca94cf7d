using Assay.Server.Intake.Bodies;
using Assay.Stores;

namespace Assay.Server.Intake;

/// <summary>What a request brings.</summary>
internal enum Signal
{
    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Log records.</summary>
    Logs,

    /// <summary>Metrics, which the hub does not take.</summary>
    Metrics,
}

/// <summary>Stores the messages of senders, and answers when they are on disk.</summary>
internal sealed class OtlpIntake(EventGate gate, TimeProvider time, ExportReaders readers, IntakeMeter meter)
{
    /// <summary>Memory for bodies.</summary>
    public ByteBudget Budget { get; } = new(IntakeLimits.BytesInFlight);

    public IntakeMeter Meter => meter;

    public TimeProvider Time => time;

    /// <summary>Takes in a message.</summary>
    /// <param name="signal">Traces or logs.</param>
    /// <param name="body">The message as protobuf, in memory of its own.</param>
    /// <param name="cancellationToken">Ends the waiting when the sender is gone; the message may be stored all the same.</param>
    public async Task<IntakeOutcome> TakeAsync(Signal signal, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(body, ArrivalNanos());
        var problem = readers.For(signal).Read(delivery);
        if (problem.IsPresent)
        {
            return IntakeOutcome.Malformed(problem);
        }

        try
        {
            // A sender that goes away does not stop the storing.
            await StoreAsync(signal, delivery).WaitAsync(cancellationToken);
            return new IntakeOutcome(IntakeCode.Ok, delivery.Tally.FirstProblem) { Rejected = delivery.Tally.Rejected };
        }
        catch (StoreBusyException busy)
        {
            return IntakeOutcome.Later(IntakeCode.ResourceExhausted, busy.Message);
        }
        catch (AssayException failed)
        {
            return IntakeOutcome.Later(IntakeCode.Unavailable, $"{failed.Message} {failed.Fix}");
        }
        catch (OperationCanceledException)
        {
            return new IntakeOutcome(IntakeCode.Cancelled, "The sender did not wait for the answer.");
        }
    }

    private async Task StoreAsync(Signal signal, Delivery delivery)
    {
        var batch = delivery.ToBatch();
        var report = batch.Count == 0 ? new AppendReport(batch, Duplicates: 0, Position: 0) : await gate.StoreAsync(batch);
        delivery.Tally.RejectLate(signal == Signal.Traces ? report.TooLate.Spans : report.TooLate.Logs);
        meter.CountEvents(signal, batch, report, delivery.Tally);
    }

    // A tick is 100 nanoseconds.
    private long ArrivalNanos() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
