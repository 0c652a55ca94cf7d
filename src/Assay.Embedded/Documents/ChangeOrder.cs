using Assay.Stores;

namespace Assay.Embedded.Documents;

/// <summary>
/// Passes changes on after their commit and in its order. Those who wrote learn of their commit on threads of their own and in any order; a change waits here
/// until all that were written before it are known to be committed or taken back.
/// </summary>
internal sealed class ChangeOrder(Action<DocumentChange> pass)
{
    // As many as there are writes at a time: bounded by the writer's queue.
    private readonly Queue<PendingChange> inOrder = new();
    private readonly Lock gate = new();

    /// <summary>Notes a change that is written but not committed; called in the order of writing.</summary>
    public PendingChange Begin(DocumentChange change)
    {
        var pending = new PendingChange(change);
        lock (gate)
        {
            inOrder.Enqueue(pending);
        }

        return pending;
    }

    /// <summary>Says what became of a change.</summary>
    public void Settle(PendingChange? pending, bool committed)
    {
        if (pending is null)
        {
            return;
        }

        lock (gate)
        {
            pending.Committed = committed;
            while (inOrder.TryPeek(out var first) && first.Committed is { } done)
            {
                inOrder.Dequeue();
                if (done)
                {
                    pass(first.Change);
                }
            }
        }
    }
}

/// <summary>A change whose commit is awaited.</summary>
internal sealed class PendingChange(DocumentChange change)
{
    public DocumentChange Change { get; } = change;

    /// <summary>Whether it was committed; null while that is not known.</summary>
    public bool? Committed { get; set; }
}
