using Assay.Releases.Files;

namespace Assay.Releases.Rollbacks;

/// <summary>Why traffic of a release could not be moved the last time that it was tried; nothing once it was moved. In memory: whoever begins anew tries anew.</summary>
internal sealed class TrafficFaults
{
    /// <summary>The longest fault, in characters.</summary>
    public const int Longest = 500;

    // One for each canary that moves; a hub has few, and this bounds them whatever comes.
    private const int Most = 1_000;

    private readonly Dictionary<ReleaseId, string> faults = [];
    private readonly Lock gate = new();

    /// <summary>All of now.</summary>
    public IReadOnlyDictionary<ReleaseId, string> All
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<ReleaseId, string>(faults);
            }
        }
    }

    /// <summary>The last fault in one line; null when there was none, or traffic was moved since.</summary>
    public string? Find(ReleaseId release)
    {
        lock (gate)
        {
            return faults.GetValueOrDefault(release);
        }
    }

    /// <summary>It could not be moved.</summary>
    public void Put(ReleaseId release, string fault)
    {
        var line = string.Concat(fault.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        lock (gate)
        {
            if (faults.Count >= Most)
            {
                faults.Clear();
            }

            faults[release] = line.Length > Longest ? line[..(Longest - 1)] + "…" : line;
        }
    }

    /// <summary>It was moved.</summary>
    public void Clear(ReleaseId release)
    {
        lock (gate)
        {
            faults.Remove(release);
        }
    }
}
