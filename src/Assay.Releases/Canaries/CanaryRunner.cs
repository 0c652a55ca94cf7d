using Assay.Releases.Files;
using Assay.Releases.Rollbacks;

namespace Assay.Releases.Canaries;

/// <summary>
/// Carries decisions out. A look reads, decides and stores the decision with what is to be done; then it moves traffic, reads back what it moved, tells ledger and charts, and stores that it is done.
/// Whatever is interrupted is found in the stored state and done again, and every effect may be done twice: traffic is set to a share, a look and a link have a key.
/// A rollback goes the other way round: an intent on disk, traffic to 0, and only then the records.
/// </summary>
/// <param name="book">Where canaries are.</param>
/// <param name="ports">Traffic, figures, ledger and approvals.</param>
/// <param name="rollbacks">Carries rollbacks out.</param>
/// <param name="time">The clock.</param>
/// <param name="holder">Who this controller is: the same after it starts again.</param>
internal sealed class CanaryRunner(CanaryBook book, ICanaryPorts ports, RollbackRunner rollbacks, TimeProvider time, string holder)
{
    private readonly CanaryClock clock = new(time);

    /// <summary>Begins a canary; its first share of traffic is set when the task completes.</summary>
    /// <exception cref="AssayException">There is one already, or its traffic cannot be read (exit code 2).</exception>
    public async Task<CanaryState> StartAsync(CanaryPlan plan, string commit, string? forced, string actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await DemandFreeAsync(plan.Release, cancellationToken);
        rollbacks.Cards.Arm(plan.Release, plan.Service, plan.File.Split, now);
        var lease = await book.LeaseAsync(plan.Release, holder, plan.LookEvery, now, cancellationToken);
        var state = CanaryDecider.Start(plan, commit, forced, actor, now) with { Fence = lease.Fence };
        var stored = await book.PutAsync(version: 0, state, cancellationToken) ?? throw Taken(plan.Release);
        clock.Keep(stored.State);
        return (await FinishAsync(plan, stored, cancellationToken)).State;
    }

    /// <summary>One look: reads, decides and does; or finishes the last one, when that was interrupted.</summary>
    /// <exception cref="AssayException">There is no such canary (exit code 2), another controller holds it, or the store fails (exit code 4).</exception>
    public async Task<CanaryState> LookAsync(ReleaseId release, CancellationToken cancellationToken)
    {
        var (plan, stored) = await TakeAsync(release, cancellationToken);
        if (stored.State.Move is not null || stored.State.Notes.Count > 0)
        {
            stored = await FinishAsync(plan, stored, cancellationToken);
            // This was the look that was interrupted, and the next is another; while traffic cannot be moved the canary is looked at all the same.
            if (stored.State.Move is null)
            {
                return stored.State;
            }
        }

        if (stored.State.Phase != CanaryPhase.Running)
        {
            return stored.State;
        }

        var (reading, moment) = await SeeAsync(plan, stored.State, cancellationToken);
        return await CarryOutAsync(plan, stored, CanaryDecider.Decide(plan, stored.State, reading, moment), cancellationToken);
    }

    /// <summary>An order to go on to the next step.</summary>
    /// <exception cref="AssayException">It cannot be promoted (exit code 2); see <see cref="CanaryDecider.Promote"/>.</exception>
    public async Task<CanaryState> PromoteAsync(ReleaseId release, string actor, string reason, CancellationToken cancellationToken)
    {
        var (plan, stored) = await TakeAsync(release, cancellationToken);
        CanaryOrders.DemandRunning(stored.State);
        var (reading, moment) = await SeeAsync(plan, stored.State, cancellationToken);
        return await CarryOutAsync(plan, stored, CanaryDecider.Promote(plan, stored.State, reading, moment, actor, reason), cancellationToken);
    }

    private async Task<(CanaryPlan Plan, StoredCanary Stored)> TakeAsync(ReleaseId release, CancellationToken cancellationToken)
    {
        var found = await book.FindAsync(release, cancellationToken) ?? throw Unknown(release);
        var plan = found.State.Plan();
        var lease = await book.LeaseAsync(release, holder, plan.LookEvery, time.GetUtcNow(), cancellationToken);
        return (plan, found with { State = found.State with { Fence = lease.Fence } });
    }

    private async Task<(CanaryReading Reading, CanaryMoment Moment)> SeeAsync(CanaryPlan plan, CanaryState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // A clock that went back would leave nothing to read.
        var until = now > state.StepSince + state.OnStep ? now : state.StepSince + state.OnStep;
        var reading = await ReadAsync(plan, state.StepSince, until, cancellationToken);
        var traffic = await TryReadAsync(plan, cancellationToken);
        var approvals = plan.File.Approvals == 0 ? 0 : await ports.ApprovalsAsync(plan.Release, cancellationToken);
        return (
            reading,
            new CanaryMoment(now, clock.Since(state, plan.LookEvery), approvals) { Traffic = traffic, MoveFault = rollbacks.TrafficFaults.Find(plan.Release) }
        );
    }

    private async Task<CanaryReading> ReadAsync(CanaryPlan plan, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            return await ports.MetricsOf(plan).ReadAsync(plan, since, until, cancellationToken);
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            return CanaryReading.Failed(plan, e.Message.TrimEnd('.'));
        }
    }

    private async Task<decimal?> TryReadAsync(CanaryPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await ports.SplitOf(plan.Release, plan.File.Split).ReadAsync(cancellationToken);
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            return null;
        }
    }

    private async Task<CanaryState> CarryOutAsync(CanaryPlan plan, StoredCanary stored, CanaryDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Action == CanaryAction.RollBack)
        {
            return await rollbacks.RollBackAsync(decision.Next, CancellationToken.None);
        }

        var next = await book.PutAsync(stored.Version, decision.Next, cancellationToken) ?? throw Changed(plan.Release);
        clock.Keep(next.State);
        return (await FinishAsync(plan, next, cancellationToken)).State;
    }

    /// <summary>Does what a stored state still has to do.</summary>
    private async Task<StoredCanary> FinishAsync(CanaryPlan plan, StoredCanary stored, CancellationToken cancellationToken)
    {
        var state = stored.State;
        if (state.Phase == CanaryPhase.RollingBack || rollbacks.Cards.IsWanted(plan.Release))
        {
            return await rollbacks.FinishAsync(stored, cancellationToken);
        }

        var moved = state.Move is { } move && await rollbacks.RaiseAsync(plan, move, cancellationToken);
        await rollbacks.Records.TellAsync(state, cancellationToken);
        if (!moved && state.Notes.Count == 0)
        {
            return stored;
        }

        var told = state with { Notes = [] };
        var next = await book.PutAsync(stored.Version, moved ? CanaryDecider.Confirm(plan, told, time.GetUtcNow()) : told, cancellationToken);
        clock.Keep((next ?? throw Changed(plan.Release)).State);
        // What the move itself is worth telling.
        return moved ? await FinishAsync(plan, next, cancellationToken) : next;
    }

    private async Task DemandFreeAsync(ReleaseId release, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(release, cancellationToken) is not null)
        {
            throw Taken(release);
        }

        if ((await book.ListAsync(release.Name, cancellationToken)).FirstOrDefault(c => c.State.IsActive) is { } other)
        {
            throw AssayException.Usage(
                $"{other.State.Release} is {CanaryOrders.PhaseText(other.State.Phase)}.",
                "One canary of a release at a time: let it end, or roll it back."
            );
        }
    }

    private static AssayException Taken(ReleaseId release) =>
        AssayException.Usage(
            $"{release} already had its canary.",
            "The same version is the same candidate: give another version, or see `assay canary status`."
        );

    private static AssayException Unknown(ReleaseId release) => AssayException.Usage($"There is no canary of {release}.", "`assay canary status` lists all.");

    private static AssayException Changed(ReleaseId release) =>
        AssayException.Infrastructure($"Somebody else changed the canary of {release} at the same moment.", "Look at it again: `assay canary status`.");
}
