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
internal sealed class OtlpIntake(IEventStore store, TimeProvider time, ExportReaders readers, IEnumerable<IEventObserver> observers)
{
    private readonly IEventObserver[] observers = [.. observers];

    /// <summary>Takes in a message.</summary>
    /// <param name="signal">Traces or logs.</param>
    /// <param name="body">The message as protobuf, in memory of its own.</param>
    /// <param name="cancellationToken">Ends the waiting when the sender is gone.</param>
    public async Task<IntakeOutcome> TakeAsync(Signal signal, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(body, ArrivalNanos());
        var problem = readers.For(signal).Read(delivery);
        if (problem.IsPresent)
        {
            return IntakeOutcome.Malformed(problem);
        }

        var batch = delivery.ToBatch();
        return batch.Count == 0 ? Stored(delivery) : await StoreAsync(batch, delivery, cancellationToken);
    }

    private async Task<IntakeOutcome> StoreAsync(EventBatch batch, Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            var report = await store.AppendAsync(batch, cancellationToken);
            foreach (var observer in observers)
            {
                observer.Observe(report.New);
            }

            return Stored(delivery);
        }
        catch (StoreBusyException busy)
        {
            return new IntakeOutcome(IntakeCode.ResourceExhausted, busy.Message);
        }
        catch (AssayException failed)
        {
            return new IntakeOutcome(IntakeCode.Unavailable, $"{failed.Message} {failed.Fix}");
        }
    }

    private static IntakeOutcome Stored(Delivery delivery) =>
        delivery.Tally.Rejected == 0
            ? new IntakeOutcome(IntakeCode.Ok)
            : new IntakeOutcome(IntakeCode.Ok, delivery.Tally.FirstProblem, delivery.Tally.Rejected);

    // A tick is 100 nanoseconds.
    private long ArrivalNanos() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
