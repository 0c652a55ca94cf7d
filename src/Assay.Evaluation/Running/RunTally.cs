using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Evaluation.Running;

/// <summary>Counts of a run while it goes on.</summary>
internal sealed class RunTally(RunState before, int total)
{
    private int done = before.Done;
    private int faults = before.Faults;
    private int judgeErrors = before.JudgeErrors;
    private long spent;
    private int unpriced;

    public void CaseDone() => Interlocked.Increment(ref done);

    public void TargetFailed() => Interlocked.Increment(ref faults);

    public void JudgeFailed() => Interlocked.Increment(ref judgeErrors);

    public void Paid(bool fromCache, Money? cost)
    {
        if (fromCache)
        {
            return;
        }

        Interlocked.Add(ref spent, cost?.Pico ?? 0);
        Interlocked.Add(ref unpriced, cost is null ? 1 : 0);
    }

    public void Paid(IReadOnlyList<CallFacts> calls)
    {
        foreach (var call in calls)
        {
            Paid(call.FromCache, call.Cost);
        }
    }

    public RunProgress Read(AdaptiveGate gate) =>
        new(done, total, faults, judgeErrors, gate.InFlight, gate.Limit, new Money(Interlocked.Read(ref spent)), unpriced);
}
