using Assay.Flags;

namespace RagService.Injecting;

/// <summary>The faults that are in force: at most one of each kind, each with an end.</summary>
internal sealed class InjectedFaults(IFlagReader flags, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<FaultKind, InjectedFault> faults = [];

    /// <summary>The faults that have not ended.</summary>
    public IReadOnlyList<InjectedFault> Present
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                foreach (var ended in faults.Values.Where(f => f.Until <= now).ToList())
                {
                    faults.Remove(ended.Kind);
                }

                return [.. faults.Values];
            }
        }
    }

    /// <summary>Brings a fault about, in place of one of its kind.</summary>
    public void Add(InjectedFault fault)
    {
        lock (gate)
        {
            faults[fault.Kind] = fault;
        }
    }

    /// <summary>Ends all of them.</summary>
    public void Clear()
    {
        lock (gate)
        {
            faults.Clear();
        }
    }

    /// <summary>Those that hurt a question of this unit, in the order of their kinds.</summary>
    public IReadOnlyList<InjectedFault> For(Unit unit) => [.. Present.Where(f => f.Hurts(flags, unit)).OrderBy(f => f.Kind)];
}
