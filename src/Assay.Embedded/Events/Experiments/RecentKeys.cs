namespace Assay.Embedded.Events.Experiments;

/// <summary>The events of late by their keys: what a sender sends again, as it heard no answer, is not stored again.</summary>
internal sealed class RecentKeys
{
    /// <summary>Events in each of two generations, about 100 bytes each.</summary>
    private const int Bound = 32_768;

    private readonly Generations<EventKey, UnitRecord> recent = new(Bound);

    /// <summary>Whether an event of that key was there; then <paramref name="isNeeded"/> says whether this one counts instead and is stored too.</summary>
    public bool WasThere(in UnitRecord record, out bool isNeeded)
    {
        var key = new EventKey(record.Unit, record.Key, record.Experiment, record.IsExposure ? record.Name : 0);
        var wasThere = recent.TryGet(key, out var before);
        isNeeded = !wasThere || UnitRecord.Compare(record, before) < 0;
        if (isNeeded)
        {
            recent.Put(key, record);
        }

        return wasThere;
    }

    public void ForgetAll() => recent.Clear();

    private readonly record struct EventKey(long Unit, ulong Key, int Experiment, int Variant)
    {
        // Units and keys are hashes already.
        public override int GetHashCode() => (Unit ^ (long)Key ^ Variant).GetHashCode();
    }
}
