namespace Assay.Observability.Slos;

/// <summary>Records the events of one SLO; safe for several threads. Recording now costs a few nanoseconds and never waits.</summary>
public sealed class SloRecorder
{
    private readonly Lock gate = new();
    private readonly LiveCounts live = new();
    private readonly SloCounts counts;
    private readonly TimeProvider time;
    private readonly double atMost;
    private AlertState alerts = AlertState.Quiet;

    internal SloRecorder(SloDefinition definition, TimeProvider time)
    {
        (Definition, this.time) = (definition, time);
        counts = new SloCounts(time.GetUtcNow().ToUnixTimeSeconds());
        atMost = definition.Indicator.JudgesDurations ? definition.Indicator.Threshold : double.NaN;
    }

    /// <summary>The SLO.</summary>
    public SloDefinition Definition { get; }

    /// <summary>Counts a good event.</summary>
    public void RecordSuccess() => live.Add(isGood: true);

    /// <summary>Counts a bad event.</summary>
    public void RecordFailure() => live.Add(isGood: false);

    /// <summary>Counts an event by how long it took.</summary>
    /// <param name="latencyMs">Milliseconds; one that is no number is bad.</param>
    /// <exception cref="InvalidOperationException">The SLO does not judge durations.</exception>
    public void RecordLatency(double latencyMs)
    {
        if (double.IsNaN(atMost))
        {
            throw JudgesOtherwise("durations");
        }

        live.Add(latencyMs <= atMost);
    }

    /// <summary>Counts an event by its score.</summary>
    /// <param name="score">The score; one that is no number is bad.</param>
    /// <exception cref="InvalidOperationException">The SLO does not judge scores.</exception>
    public void RecordScore(double score)
    {
        if (!Definition.Indicator.JudgesScores)
        {
            throw JudgesOtherwise("scores");
        }

        live.Add(Definition.Indicator.IsGood(failed: false, score));
    }

    /// <summary>
    /// Counts an event of another time in its own 10 seconds (5 minutes after 6 h, 1 h after 3 d). One older than 30 days is counted as too late and
    /// nowhere else; one that is ahead of the clock counts as now.
    /// </summary>
    /// <param name="isGood">Whether it is good.</param>
    /// <param name="at">When it ended.</param>
    public void Record(bool isGood, DateTimeOffset at) => Add(at.ToUnixTimeSeconds(), new EventCount(1, isGood ? 0 : 1));

    /// <summary>How it stands.</summary>
    public SloStatus Status()
    {
        lock (gate)
        {
            Settle();
            var readings = BurnReadings.Of(Definition, counts);
            var count = readings[SloDefinition.Window].Count;
            var (verdict, reason) = SloJudgement.Of(Definition, count);
            var at = DateTimeOffset.FromUnixTimeSeconds(counts.Now);
            return new SloStatus(Definition, at, verdict, reason, count, readings.All, alerts.Firing, counts.TooLate);
        }
    }

    /// <summary>Everything counted since the SLO was registered, also before a restart from which it was restored; it never goes down.</summary>
    public EventCount Counted()
    {
        lock (gate)
        {
            Settle();
            return counts.All;
        }
    }

    internal void Add(long second, EventCount count)
    {
        lock (gate)
        {
            counts.Advance(time.GetUtcNow().ToUnixTimeSeconds());
            counts.Add(second, count);
        }
    }

    /// <summary>Looks at the alerts and gives those that changed.</summary>
    internal IReadOnlyList<SloAlert> Look()
    {
        lock (gate)
        {
            Settle();
            var decision = BurnAlerts.Decide(Definition, alerts, BurnReadings.Of(Definition, counts), DateTimeOffset.FromUnixTimeSeconds(counts.Now));
            alerts = decision.State;
            return decision.Changes;
        }
    }

    /// <summary>Reads counts while nobody else does.</summary>
    internal T Read<T>(Func<SloCounts, T> read)
    {
        lock (gate)
        {
            Settle();
            return read(counts);
        }
    }

    internal SloSnapshot Save()
    {
        lock (gate)
        {
            Settle();
            using var bytes = new MemoryStream();
            using (var writer = new BinaryWriter(bytes))
            {
                counts.Save(writer);
            }

            return new SloSnapshot(Definition.Name, SloSnapshot.MeaningOf(Definition), bytes.ToArray(), alerts.Firing);
        }
    }

    /// <exception cref="InvalidDataException">The snapshot cannot be read.</exception>
    internal void Load(SloSnapshot snapshot)
    {
        lock (gate)
        {
            using var reader = new BinaryReader(new MemoryStream(snapshot.Counts));
            counts.Load(reader);
            alerts = new AlertState(
                snapshot.Firing.FirstOrDefault(a => a.Severity == AlertSeverity.Page),
                snapshot.Firing.FirstOrDefault(a => a.Severity == AlertSeverity.Ticket)
            );
        }
    }

    // What was recorded live belongs to the time since the last look, at most a second ago while the monitor's timer runs.
    private void Settle()
    {
        counts.Advance(time.GetUtcNow().ToUnixTimeSeconds());
        var taken = live.Take();
        if (taken.Total > 0)
        {
            counts.Add(counts.Now, taken);
        }
    }

    private InvalidOperationException JudgesOtherwise(string what) =>
        new($"The SLO '{Definition.Name}' does not judge {what}: give it a threshold for them, or record success and failure.");
}
