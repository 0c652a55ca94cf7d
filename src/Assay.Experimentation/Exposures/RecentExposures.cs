namespace Assay.Experimentation.Exposures;

/// <summary>An exposure that was sent: these four are what it counts once by.</summary>
internal readonly record struct ExposureKey(string Experiment, int Version, long Unit, string Variant);

/// <summary>
/// The exposures of late, in two generations: when the younger is half of the bound, the older is forgotten. Safe for several threads.
/// </summary>
/// <param name="capacity">How many are remembered at most.</param>
internal sealed class RecentExposures(int capacity)
{
    private readonly Lock gate = new();
    private readonly int half = Math.Max(1, capacity / 2);
    private HashSet<ExposureKey> young = [];
    private HashSet<ExposureKey> old = [];

    /// <summary>Remembers an exposure; false when it was known.</summary>
    public bool Add(in ExposureKey key)
    {
        lock (gate)
        {
            if (old.Contains(key) || !young.Add(key))
            {
                return false;
            }

            if (young.Count >= half)
            {
                (old, young) = (young, old);
                young.Clear();
            }

            return true;
        }
    }

    /// <summary>Whether an exposure is remembered.</summary>
    public bool Knows(in ExposureKey key)
    {
        lock (gate)
        {
            return young.Contains(key) || old.Contains(key);
        }
    }

    /// <summary>Forgets an exposure that could not be kept for sending.</summary>
    public void Remove(in ExposureKey key)
    {
        lock (gate)
        {
            young.Remove(key);
            old.Remove(key);
        }
    }
}
