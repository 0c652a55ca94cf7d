using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Models.Budgets;

/// <summary>
/// The most that model calls may cost together. Before an attempt the most it can cost is put aside; afterwards what it did cost takes its place.
/// A call that does not fit beside what was spent is refused; one that only does not fit beside what calls in flight hold waits for them.
/// So the limit holds whatever happens, as long as an endpoint keeps to the tokens it was allowed. Safe for several threads.
/// </summary>
/// <param name="limit">The most.</param>
public sealed class SpendingLimit(Money limit)
{
    private readonly Lock gate = new();

    // One entry for each call that waits; calls in flight are bounded by who makes them.
    private readonly LinkedList<Waiting> queue = [];
    private Money spent;
    private Money held;

    /// <summary>The most.</summary>
    public Money Limit => limit;

    /// <summary>What was spent so far, what may have been billed without an answer included.</summary>
    public Money Spent
    {
        get
        {
            lock (gate)
            {
                return spent;
            }
        }
    }

    /// <summary>What is put aside for calls in flight.</summary>
    public Money Held
    {
        get
        {
            lock (gate)
            {
                return held;
            }
        }
    }

    /// <summary>Puts <paramref name="most"/> aside, as soon as it fits.</summary>
    /// <exception cref="ModelCallException">It cannot fit any more (<see cref="ModelFault.OverBudget"/>).</exception>
    public ValueTask<SpendingShare> ReserveAsync(Money most, CancellationToken cancellationToken)
    {
        Waiting waiting;
        lock (gate)
        {
            if (!CanEverFit(most))
            {
                return ValueTask.FromException<SpendingShare>(Over(most));
            }

            if (queue.Count == 0 && FitsNow(most))
            {
                held += most;
                return ValueTask.FromResult(new SpendingShare(this, most));
            }

            waiting = new Waiting(most);
            queue.AddLast(waiting);
        }

        return WaitAsync(waiting, cancellationToken);
    }

    /// <summary>Counts what was spent before, when work is resumed.</summary>
    public void AddSpent(Money earlier) => Release(Money.Zero, earlier);

    internal void Release(Money share, Money paid)
    {
        lock (gate)
        {
            held -= share;
            spent += paid;
            for (var next = queue.First; next is not null && Answer(next.Value); next = queue.First)
            {
                queue.Remove(next);
            }
        }
    }

    private async ValueTask<SpendingShare> WaitAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        try
        {
            return await waiting.Share.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveUp(waiting);
            throw;
        }
    }

    private void GiveUp(Waiting waiting)
    {
        bool hasShare;
        lock (gate)
        {
            hasShare = !queue.Remove(waiting) && waiting.Share.Task.IsCompletedSuccessfully;
        }

        // What was put aside at the same moment goes back; who waits behind is asked again in any case.
        Release(hasShare ? waiting.Most : Money.Zero, Money.Zero);
    }

    /// <summary>Whether the first in the queue is done waiting: it got its share, or it never can.</summary>
    private bool Answer(Waiting waiting)
    {
        if (!CanEverFit(waiting.Most))
        {
            waiting.Share.SetException(Over(waiting.Most));
            return true;
        }

        if (!FitsNow(waiting.Most))
        {
            return false;
        }

        held += waiting.Most;
        waiting.Share.SetResult(new SpendingShare(this, waiting.Most));
        return true;
    }

    private bool CanEverFit(Money most) => (spent + most).Pico <= limit.Pico;

    private bool FitsNow(Money most) => (spent + held + most).Pico <= limit.Pico;

    private ModelCallException Over(Money most) =>
        new(
            ModelFault.OverBudget,
            $"The next call may cost ${most}, and ${spent} of the limit of ${limit} are spent. Raise the limit, or limit the tokens of an answer."
        );

    private sealed record Waiting(Money Most)
    {
        public TaskCompletionSource<SpendingShare> Share { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
