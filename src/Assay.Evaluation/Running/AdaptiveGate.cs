namespace Assay.Evaluation.Running;

/// <summary>
/// How many cases are worked on at once. It begins at the maximum, halves when an endpoint answers 429, at most once per round of calls, and
/// rises by one after as many quiet cases as may be in flight (additive increase, multiplicative decrease, as TCP does it: RFC 5681).
/// One caller enters; any number leave and signal.
/// </summary>
internal sealed class AdaptiveGate
{
    private readonly Lock gate = new();
    private readonly int maximum;
    private TaskCompletionSource? waiting;
    private int quiet;
    private int untilNextCut;

    /// <param name="maximum">How many at once where nothing speaks against it, from 1.</param>
    public AdaptiveGate(int maximum) => Limit = this.maximum = maximum;

    /// <summary>How many may be in flight now.</summary>
    public int Limit { get; private set; }

    /// <summary>How many are in flight.</summary>
    public int InFlight { get; private set; }

    /// <summary>Waits until one more may begin.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        while (!TryEnter(out var wait))
        {
            await wait.WaitAsync(cancellationToken);
        }
    }

    /// <summary>One is done.</summary>
    public void Leave()
    {
        TaskCompletionSource? wake;
        lock (gate)
        {
            InFlight--;
            untilNextCut = Math.Max(0, untilNextCut - 1);
            if (++quiet >= Limit && Limit < maximum)
            {
                Limit++;
                quiet = 0;
            }

            (wake, waiting) = (waiting, null);
        }

        wake?.TrySetResult();
    }

    /// <summary>An endpoint said: too many. Calls already in flight will hear the same, and count as one signal.</summary>
    public void Throttled()
    {
        lock (gate)
        {
            quiet = 0;
            if (untilNextCut == 0)
            {
                Limit = Math.Max(1, Limit / 2);
                untilNextCut = InFlight;
            }
        }
    }

    private bool TryEnter(out Task wait)
    {
        lock (gate)
        {
            var isFree = InFlight < Limit;
            InFlight += isFree ? 1 : 0;
            waiting = isFree ? waiting : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            wait = isFree ? Task.CompletedTask : waiting!.Task;
            return isFree;
        }
    }
}
