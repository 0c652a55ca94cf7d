namespace Assay.Rag.Gpu;

internal enum GpuLeaseAction
{
    Acquire,
    Release,
}

/// <summary>A stage took the GPU or gave it back.</summary>
/// <param name="Stage">The stage: dense, rerank.</param>
/// <param name="Action">What happened.</param>
/// <param name="At">When.</param>
/// <param name="WaitedMs">Time in the queue, milliseconds; 0 for a release.</param>
/// <param name="Memory">The devices at that moment; empty when the reading failed.</param>
internal sealed record GpuLeaseEvent(string Stage, GpuLeaseAction Action, DateTimeOffset At, double WaitedMs, IReadOnlyList<GpuSnapshot> Memory);

/// <summary>The lease events of a run, in order. The first <see cref="Capacity"/> are kept; the rest is counted. Safe for use by several threads.</summary>
internal sealed class GpuLeaseLog
{
    public const int Capacity = 10_000;

    private readonly Lock _sync = new();
    private readonly List<GpuLeaseEvent> _events = [];
    private long _dropped;

    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(GpuLeaseEvent happened)
    {
        lock (_sync)
        {
            if (_events.Count < Capacity)
                _events.Add(happened);
            else
                _dropped++;
        }
    }

    public IReadOnlyList<GpuLeaseEvent> ToList()
    {
        lock (_sync)
            return [.. _events];
    }
}
