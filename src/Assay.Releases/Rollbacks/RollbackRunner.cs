using System.Globalization;
using Assay.Releases.Canaries;
using Assay.Releases.Files;

namespace Assay.Releases.Rollbacks;

/// <summary>
/// Takes all traffic from a canary: first the intent on disk, then traffic, then the records. Needs neither metrics nor lease nor store to take traffic away; what fails is tried
/// again by <see cref="SweepAsync"/> until traffic reads 0 and the records say so.
/// </summary>
/// <param name="cards">The intents.</param>
/// <param name="book">Where canaries are.</param>
/// <param name="ports">Traffic and ledger.</param>
/// <param name="time">The clock.</param>
internal sealed class RollbackRunner(RollbackCards cards, CanaryBook book, ICanaryPorts ports, TimeProvider time) : IDisposable
{
    // A raise that hangs holds a rollback for no longer; whoever raised looks at the intent afterwards.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim traffic = new(1, 1);

    // A person and the sweep at once would record over each other.
    private readonly SemaphoreSlim carrying = new(1, 1);

    /// <summary>The intents.</summary>
    public RollbackCards Cards => cards;

    /// <summary>Why traffic could not be moved.</summary>
    public TrafficFaults TrafficFaults { get; } = new();

    /// <summary>What is told of canaries.</summary>
    public CanaryRecords Records { get; } = new(book, ports);

    /// <summary>Rolls back what a look decided.</summary>
    /// <param name="decided">The state as decided: rolling back.</param>
    /// <param name="cancellationToken">Ends the waiting, not the rollback.</param>
    /// <returns>The state as far as it came.</returns>
    public async Task<CanaryState> RollBackAsync(CanaryState decided, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var card = new RollbackCard
        {
            Release = decided.Release,
            Service = decided.Service,
            Split = decided.File.Split,
            Stage = RollbackStage.Wanted,
            Reason = decided.Reason,
            Actor = decided.Move?.Actor ?? CanaryMove.Controller,
            At = now,
            WantedAt = now,
            Decided = decided,
        };
        cards.Put(card);
        return await CarryOutAsync(card, cancellationToken) ?? decided;
    }

    /// <summary>Rolls back because a person wants it.</summary>
    /// <returns>The card as far as it came; null when nothing knows the release.</returns>
    public async Task<RollbackCard?> RollBackAsync(ReleaseId release, string actor, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if ((cards.Find(release) ?? await MadeAsync(release, now, cancellationToken)) is not { } card)
        {
            return null;
        }

        if (!card.IsInForce && card.Stage != RollbackStage.Recorded)
        {
            card = card with { Stage = RollbackStage.Wanted, Reason = reason, Actor = actor, At = now, WantedAt = now };
            cards.Put(card);
        }

        await CarryOutAsync(card, cancellationToken);
        return cards.Find(release) ?? card;
    }

    /// <summary>Moves traffic of a canary that nobody wants to roll back.</summary>
    /// <returns>Whether it reads so; false when it could not be moved, which is tried again at the next look.</returns>
    public async Task<bool> RaiseAsync(CanaryPlan plan, CanaryMove move, CancellationToken cancellationToken)
    {
        var split = ports.SplitOf(plan.Release, plan.File.Split);
        await traffic.WaitAsync(cancellationToken);
        try
        {
            if (!IsFree(plan.Release))
            {
                return false;
            }

            await split.SetAsync(move.Percent, move.Reason, cancellationToken);
            return IsRead(plan.Release, await split.ReadAsync(cancellationToken), move.Percent) && IsFree(plan.Release);
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            TrafficFaults.Put(plan.Release, e.Message);
            return false;
        }
        finally
        {
            traffic.Release();
            await LowerAsync(plan.Release, split);
        }
    }

    /// <summary>Goes on with a stored state that is rolling back, or whose card wants it.</summary>
    public async Task<StoredCanary> FinishAsync(StoredCanary stored, CancellationToken cancellationToken)
    {
        var state = stored.State;
        if (!cards.IsWanted(state.Release))
        {
            await RollBackAsync(state, cancellationToken);
        }
        else
        {
            await CarryOutAsync(cards.Find(state.Release)!, cancellationToken);
        }

        return await book.FindAsync(state.Release, cancellationToken) ?? stored;
    }

    /// <summary>Goes on with every rollback that is not done; what fails is left for the next time.</summary>
    /// <returns>How many are still not done.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var open = cards.List().Where(c => c.IsInForce).ToList();
        foreach (var card in open)
        {
            await CarryOutAsync(card, cancellationToken);
        }

        return open.Count(c => cards.IsWanted(c.Release));
    }

    public void Dispose()
    {
        traffic.Dispose();
        carrying.Dispose();
    }

    private async Task<CanaryState?> CarryOutAsync(RollbackCard card, CancellationToken cancellationToken)
    {
        var hasTurn = await carrying.WaitAsync(LongestWait, cancellationToken);
        try
        {
            return await CarryOutInTurnAsync(cards.Find(card.Release) ?? card, cancellationToken);
        }
        finally
        {
            if (hasTurn)
            {
                carrying.Release();
            }
        }
    }

    private async Task<CanaryState?> CarryOutInTurnAsync(RollbackCard card, CancellationToken cancellationToken)
    {
        var (isZero, isLasting) = await ZeroAsync(card, cancellationToken);
        if (isZero && card.Stage == RollbackStage.Wanted)
        {
            var now = time.GetUtcNow();
            card = card with { Stage = RollbackStage.Zero, At = now, ZeroAt = now };
            cards.Put(card);
        }

        return await TryRecordAsync(card, isZero && isLasting, cancellationToken);
    }

    private bool IsFree(ReleaseId release) => cards.Find(release) is null or { Stage: RollbackStage.Armed };

    // Somebody rolled back while traffic was raised: whichever came last, it ends at 0.
    private async Task LowerAsync(ReleaseId release, ITrafficSplit split)
    {
        if (cards.Find(release) is { Stage: not RollbackStage.Armed } card)
        {
            await TryAsync(release, () => SetZeroAsync(split, card, CancellationToken.None), CancellationToken.None);
        }
    }

    private bool IsRead(ReleaseId release, decimal? reads, decimal wanted)
    {
        if (reads == wanted)
        {
            TrafficFaults.Clear(release);
            return true;
        }

        TrafficFaults.Put(
            release,
            reads is { } other
                ? string.Create(CultureInfo.InvariantCulture, $"It was set to {wanted} %, and reads {other} %.")
                : string.Create(CultureInfo.InvariantCulture, $"It was set to {wanted} %, and what it is cannot be read.")
        );
        return false;
    }

    /// <summary>Sets traffic to 0 and reads it back. It may read 0 although setting it failed: then it is 0 for now and set again later.</summary>
    private async Task<(bool IsZero, bool IsLasting)> ZeroAsync(RollbackCard card, CancellationToken cancellationToken)
    {
        var split = ports.SplitOf(card.Release, card.Split);
        var hasTurn = await traffic.WaitAsync(LongestWait, cancellationToken);
        try
        {
            if (await TryAsync(card.Release, () => SetZeroAsync(split, card, cancellationToken), cancellationToken))
            {
                return (await TryAsync(card.Release, async () => IsRead(card.Release, await split.ReadAsync(cancellationToken), 0), cancellationToken), true);
            }

            // It may read 0 although setting it failed: why it failed stays known.
            return (await TryAsync(card.Release, async () => await split.ReadAsync(cancellationToken) == 0, cancellationToken), false);
        }
        finally
        {
            if (hasTurn)
            {
                traffic.Release();
            }
        }
    }

    private static async Task<bool> SetZeroAsync(ITrafficSplit split, RollbackCard card, CancellationToken cancellationToken)
    {
        await split.SetAsync(0, card.Reason, cancellationToken);
        return true;
    }

    private async Task<bool> TryAsync(ReleaseId release, Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            TrafficFaults.Put(release, e.Message);
            return false;
        }
    }

    private async Task<CanaryState?> TryRecordAsync(RollbackCard card, bool isDone, CancellationToken cancellationToken)
    {
        try
        {
            return await RecordAsync(card, isDone, cancellationToken);
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            return null;
        }
    }

    private async Task<CanaryState?> RecordAsync(RollbackCard card, bool isDone, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(card.Release, cancellationToken) is not { } found)
        {
            // The store lost it or never had it: traffic is what counts.
            Done(card, isDone);
            return null;
        }

        var stored = found.State.Phase == CanaryPhase.RolledBack ? found : await DecidedAsync(card, found, cancellationToken);
        if (isDone && stored.State.Phase != CanaryPhase.RolledBack)
        {
            var confirmed = CanaryDecider.Confirm(stored.State.Plan(), stored.State, card.ZeroAt ?? time.GetUtcNow());
            stored = await book.PutAsync(stored.Version, confirmed, cancellationToken) ?? throw Raced(card.Release);
        }

        await Records.TellAsync(stored.State, cancellationToken);
        if (stored.State.Notes.Count > 0)
        {
            stored = await book.PutAsync(stored.Version, stored.State with { Notes = [] }, cancellationToken) ?? throw Raced(card.Release);
        }

        Done(card, isDone);
        return stored.State;
    }

    /// <summary>The stored state brought to "rolling back": as the look decided it, or of what is stored.</summary>
    private async Task<StoredCanary> DecidedAsync(RollbackCard card, StoredCanary found, CancellationToken cancellationToken)
    {
        if (found.State.Phase == CanaryPhase.RollingBack)
        {
            return found;
        }

        var decided = card.Decided is { } made
            ? made with
            {
                Notes = [.. found.State.Notes, .. made.Notes.Where(n => !found.State.Notes.Any(f => f.Key == n.Key))],
            }
            : CanaryDecider.RollBack(found.State, card.Actor, card.Reason, card.WantedAt ?? card.At);
        return await book.PutAsync(found.Version, decided, cancellationToken) ?? throw Raced(card.Release);
    }

    private void Done(RollbackCard card, bool isDone)
    {
        if (isDone)
        {
            cards.Put(card with { Stage = RollbackStage.Recorded, At = time.GetUtcNow(), Decided = null });
        }
    }

    private async Task<RollbackCard?> MadeAsync(ReleaseId release, DateTimeOffset now, CancellationToken cancellationToken) =>
        await book.FindAsync(release, cancellationToken) is { } found
            ? new RollbackCard
            {
                Release = release,
                Service = found.State.Service,
                Split = found.State.File.Split,
                At = now,
            }
            : null;

    private static AssayException Raced(ReleaseId release) =>
        AssayException.Infrastructure($"Somebody else changed the canary of {release} at the same moment.", "It is tried again.");
}
