namespace RagService.Traffic;

/// <summary>How many questions a minute the service asks itself: as settings say, and for a while as somebody asked for.</summary>
internal sealed class TrafficRate(TrafficOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private TrafficBurst? burst;

    /// <summary>What is in force; the settings' when the last one has ended.</summary>
    public TrafficBurst Present
    {
        get
        {
            lock (gate)
            {
                return burst is { } asked && asked.Until > time.GetUtcNow() ? asked : new TrafficBurst(options.PerMinute, Until: null);
            }
        }
    }

    /// <summary>Asks for another rate, in the place of one that was asked for.</summary>
    public void Ask(TrafficBurst wanted)
    {
        lock (gate)
        {
            burst = wanted;
        }
    }

    /// <summary>As settings say.</summary>
    public void Reset()
    {
        lock (gate)
        {
            burst = null;
        }
    }
}

/// <summary>A rate of the sample traffic.</summary>
/// <param name="PerMinute">Questions a minute.</param>
/// <param name="Until">When it ends by itself; null for the settings' own, which does not end.</param>
internal sealed record TrafficBurst(double PerMinute, DateTimeOffset? Until);
