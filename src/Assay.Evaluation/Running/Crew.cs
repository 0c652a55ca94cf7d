using Assay.Models.Calls;

namespace Assay.Evaluation.Running;

/// <summary>The cases in flight: begins them, and keeps the first fault that must end the run.</summary>
/// <param name="gate">How many at once.</param>
/// <param name="work">What is done with each.</param>
/// <param name="launching">Cancelled by a fault that ends the run: no further case begins, and those in flight are finished.</param>
/// <param name="report">Hears after every case, never twice at once.</param>
/// <param name="working">Ends what is in flight.</param>
internal sealed class Crew(AdaptiveGate gate, CaseWork work, CancellationTokenSource launching, Action report, CancellationToken working)
{
    private readonly Lock reporting = new();
    private readonly TaskCompletionSource allDone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the launcher itself, so that it cannot reach 0 before the last case has begun.
    private int open = 1;
    private Exception? fault;

    /// <summary>Begins a case as soon as one more may be in flight.</summary>
    public async ValueTask BeginAsync(WorkItem item, CancellationToken cancellationToken)
    {
        await gate.EnterAsync(cancellationToken);
        if (Volatile.Read(ref fault) is not null)
        {
            // The place was left by a case that ended the run; the token says so a moment later.
            gate.Leave();
            await launching.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        Interlocked.Increment(ref open);
        _ = RunAsync(item);
    }

    /// <summary>Waits for what is in flight.</summary>
    public Task DoneAsync()
    {
        Close();
        return allDone.Task;
    }

    /// <summary>How the run ended; throws what must be thrown.</summary>
    /// <param name="launched">How the launcher ended.</param>
    /// <param name="isStopped">Whether someone stopped the run: waiting that ended for another reason is a fault like others.</param>
    public RunEnd End(RunEnd launched, bool isStopped) =>
        fault switch
        {
            null => launched,
            ModelCallException { Fault: ModelFault.OverBudget } => RunEnd.OverBudget,
            OperationCanceledException when isStopped => RunEnd.Cancelled,
            _ => throw fault,
        };

    private async Task RunAsync(WorkItem item)
    {
        // Work that answers at once (recorded outputs, a cache) must not hold the launcher.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await KeepFaultAsync(() => work.RunAsync(item, working));
            gate.Leave();
            await KeepFaultAsync(Report);
        }
        finally
        {
            // Whatever fails: a case that is never closed is waited for without end.
            Close();
        }
    }

    private Task Report()
    {
        lock (reporting)
        {
            report();
        }

        return Task.CompletedTask;
    }

    private async Task KeepFaultAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e)
        {
            if (Interlocked.CompareExchange(ref fault, e, null) is null)
            {
                await launching.CancelAsync();
            }
        }
    }

    private void Close()
    {
        if (Interlocked.Decrement(ref open) == 0)
        {
            allDone.TrySetResult();
        }
    }
}
