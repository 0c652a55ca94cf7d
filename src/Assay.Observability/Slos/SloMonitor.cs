using System.Collections.Frozen;

namespace Assay.Observability.Slos;

/// <summary>
/// Watches SLOs in fixed memory, about 62 kB each: counts, budgets, burn rates and alerts. It needs no hub.
/// Safe for several threads. Looks at the alerts every second until it is disposed.
/// </summary>
public sealed class SloMonitor : IDisposable
{
    /// <summary>The most SLOs of one monitor: about 62 MB.</summary>
    public const int MostSlos = 1000;

    /// <summary>How many resolved alerts are remembered.</summary>
    public const int MostResolved = 256;

    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly Lock registering = new();
    private readonly Lock looking = new();
    private readonly Queue<SloAlert> resolved = new();
    private long handlerFailures;
    private volatile FrozenDictionary<string, SloRecorder> slos = FrozenDictionary<string, SloRecorder>.Empty;

    /// <param name="time">The clock; recorded events and windows follow it.</param>
    public SloMonitor(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        var second = TimeSpan.FromSeconds(1);
        timer = time.CreateTimer(_ => Look(), state: null, second, second);
    }

    /// <summary>Told for each alert that begins to fire and each that is resolved, on the thread that looked. One that throws is counted and keeps nobody else from being told.</summary>
    public event EventHandler<SloAlertEventArgs>? AlertChanged;

    /// <summary>How often a handler of <see cref="AlertChanged"/> threw.</summary>
    public long HandlerFailures => Interlocked.Read(ref handlerFailures);

    /// <summary>The SLOs, by name.</summary>
    public IReadOnlyList<SloRecorder> Slos => [.. slos.Values.OrderBy(s => s.Definition.Name, StringComparer.Ordinal)];

    /// <summary>Begins to watch an SLO.</summary>
    /// <returns>What records its events, quicker than by name.</returns>
    /// <exception cref="AssayException">The name is taken, a value is out of its range, or there are too many SLOs (exit code 2).</exception>
    public SloRecorder RegisterSlo(SloDefinition definition)
    {
        SloRules.Check(definition);
        lock (registering)
        {
            if (slos.ContainsKey(definition.Name))
            {
                throw AssayException.Usage($"There are two SLOs named '{definition.Name}'.", "Give each SLO a name of its own.");
            }

            if (slos.Count == MostSlos)
            {
                throw AssayException.Usage($"There are more than {MostSlos} SLOs.", "Watch fewer, or split them over several monitors.");
            }

            var recorder = new SloRecorder(definition, time);
            slos = slos.Append(new(definition.Name, recorder)).ToFrozenDictionary();
            return recorder;
        }
    }

    /// <summary>Counts a good event of an SLO.</summary>
    /// <exception cref="KeyNotFoundException">There is no SLO of that name.</exception>
    public void RecordSuccess(string slo) => Find(slo).RecordSuccess();

    /// <summary>Counts a bad event of an SLO.</summary>
    /// <inheritdoc cref="RecordSuccess"/>
    public void RecordFailure(string slo) => Find(slo).RecordFailure();

    /// <inheritdoc cref="SloRecorder.RecordLatency"/>
    public void RecordLatency(string slo, double latencyMs) => Find(slo).RecordLatency(latencyMs);

    /// <inheritdoc cref="SloRecorder.RecordScore"/>
    public void RecordScore(string slo, double score) => Find(slo).RecordScore(score);

    /// <summary>How an SLO stands.</summary>
    /// <inheritdoc cref="RecordSuccess"/>
    public SloStatus Status(string slo) => Find(slo).Status();

    /// <summary>How all SLOs stand.</summary>
    public SloSummary Summary() => SloSummary.Of(time.GetUtcNow(), [.. Slos.Select(s => s.Status())]);

    /// <summary>The last resolved alerts, the newest first.</summary>
    public IReadOnlyList<SloAlert> Resolved()
    {
        lock (looking)
        {
            return [.. resolved.Reverse()];
        }
    }

    /// <summary>Looks at the alerts now, as the timer does every second.</summary>
    public void Look()
    {
        var changes = new List<SloAlert>();
        lock (looking)
        {
            foreach (var slo in slos.Values)
            {
                changes.AddRange(slo.Look());
            }

            foreach (var over in changes.Where(c => !c.IsFiring))
            {
                if (resolved.Count == MostResolved)
                {
                    resolved.Dequeue();
                }

                resolved.Enqueue(over);
            }
        }

        changes.ForEach(Tell);
    }

    /// <summary>What was counted, to be kept over a restart.</summary>
    public IReadOnlyList<SloSnapshot> Save() => [.. Slos.Select(s => s.Save())];

    /// <summary>Takes over saved counts of SLOs that are registered and count the same as then. Call it before anything is recorded.</summary>
    /// <returns>The names of those that were taken over.</returns>
    public IReadOnlyList<string> Restore(IEnumerable<SloSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        var taken = new List<string>();
        foreach (var snapshot in snapshots)
        {
            if (slos.TryGetValue(snapshot.Slo, out var slo) && SloSnapshot.MeaningOf(slo.Definition) == snapshot.Meaning)
            {
                slo.Load(snapshot);
                taken.Add(snapshot.Slo);
            }
        }

        return taken;
    }

    /// <summary>Stops looking; counting goes on working.</summary>
    public void Dispose() => timer.Dispose();

    internal SloRecorder? TryFind(string slo) => slos.GetValueOrDefault(slo);

    private SloRecorder Find(string slo) =>
        slos.TryGetValue(slo, out var found)
            ? found
            : throw new KeyNotFoundException($"No SLO '{slo}'. Known: {string.Join(", ", slos.Keys.Order(StringComparer.Ordinal))}. Register it first.");

    // One handler that throws must not keep the others, or the next alert, from being told.
    private void Tell(SloAlert alert)
    {
        foreach (var handler in AlertChanged?.GetInvocationList() ?? [])
        {
            try
            {
                ((EventHandler<SloAlertEventArgs>)handler)(this, new SloAlertEventArgs(alert));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Interlocked.Increment(ref handlerFailures);
            }
        }
    }
}

/// <summary>An alert that began to fire or was resolved.</summary>
/// <param name="alert">The alert.</param>
public sealed class SloAlertEventArgs(SloAlert alert) : EventArgs
{
    /// <summary>The alert.</summary>
    public SloAlert Alert { get; } = alert;
}
