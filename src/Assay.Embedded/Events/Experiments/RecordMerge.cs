namespace Assay.Embedded.Events.Experiments;

/// <summary>The records of several cursors in one order, each key once and nothing that was deleted. It owns the cursors.</summary>
internal sealed class RecordMerge : IDisposable
{
    private readonly IReadOnlyList<RecordCursor> all;
    private readonly long deletedBefore;
    private readonly RecordCursor[] live;
    private readonly RecordCursor[] hot;
    private int liveCount;
    private int hotCount;
    private UnitRecord current;
    private bool hasCurrent;

    /// <summary>Begins before the first record.</summary>
    /// <param name="cursors">The cursors.</param>
    /// <param name="deletedBefore">Records before that time are passed over.</param>
    /// <param name="last">A record that was given out already; null when none was.</param>
    public RecordMerge(IReadOnlyList<RecordCursor> cursors, long deletedBefore, UnitRecord? last = null)
    {
        all = cursors;
        this.deletedBefore = deletedBefore;
        live = [.. cursors.Where(c => !c.IsAtEnd)];
        hot = new RecordCursor[live.Length];
        liveCount = live.Length;
        (current, hasCurrent) = (last ?? default, last is not null);
    }

    /// <summary>The record.</summary>
    public ref readonly UnitRecord Current => ref current;

    /// <summary>Goes to the next record; false at the end.</summary>
    public bool Next()
    {
        while (hotCount > 0 || Gather())
        {
            var record = TakeLeast();
            if (record.TimeNanos >= deletedBefore && !(hasCurrent && UnitRecord.IsSameKey(record, current)))
            {
                (current, hasCurrent) = (record, true);
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        foreach (var cursor in all)
        {
            cursor.Dispose();
        }
    }

    /// <summary>Finds the cursors that stand at the least unit: as a rule few, so that its records are quickly merged.</summary>
    private bool Gather()
    {
        if (liveCount == 0)
        {
            return false;
        }

        ref readonly var least = ref live[0].Current;
        for (var i = 1; i < liveCount; i++)
        {
            ref readonly var other = ref live[i].Current;
            if (other.Experiment < least.Experiment || (other.Experiment == least.Experiment && other.Unit < least.Unit))
            {
                least = ref other;
            }
        }

        for (var i = 0; i < liveCount; i++)
        {
            ref readonly var other = ref live[i].Current;
            if (other.Unit == least.Unit && other.Experiment == least.Experiment)
            {
                hot[hotCount++] = live[i];
            }
        }

        return true;
    }

    private UnitRecord TakeLeast()
    {
        var place = 0;
        for (var i = 1; i < hotCount; i++)
        {
            place = UnitRecord.CompareOfUnit(hot[i].Current, hot[place].Current) < 0 ? i : place;
        }

        var cursor = hot[place];
        var record = cursor.Current;
        if (!cursor.Advance())
        {
            live[Array.IndexOf(live, cursor, 0, liveCount)] = live[--liveCount];
            hot[place] = hot[--hotCount];
        }
        else if (cursor.Current.Unit != record.Unit || cursor.Current.Experiment != record.Experiment)
        {
            hot[place] = hot[--hotCount];
        }

        return record;
    }
}
