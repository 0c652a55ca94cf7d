namespace Assay.Statistics.Samples;

/// <summary>Counts by bucket index, dense between the lowest and the highest that is not empty.</summary>
internal sealed class SketchBuckets
{
    private long[] counts = [];
    private int first;

    public int Low { get; private set; }

    public int High { get; private set; } = -1;

    public bool IsEmpty => High < Low;

    /// <summary>The count at an index from <see cref="Low"/> to <see cref="High"/>.</summary>
    public long this[int index] => counts[index - first];

    public void Add(int index, long count)
    {
        var (low, high) = With(index);
        if (index < first || index >= first + counts.Length)
        {
            Widen(low, high, roomBelow: index < Low);
        }

        counts[index - first] += count;
        (Low, High) = (low, high);
    }

    /// <summary>Adds the counts of another, its indexes halved so many times.</summary>
    public void Add(SketchBuckets other, int halvings)
    {
        for (var i = other.Low; i <= other.High; i++)
        {
            if (other[i] > 0)
            {
                Add(i >> halvings, other[i]);
            }
        }
    }

    public SketchBuckets Halved(int halvings)
    {
        var halved = new SketchBuckets();
        halved.Add(this, halvings);
        return halved;
    }

    /// <summary>The counts of a side, its indexes halved so many times; empty buckets at the ends fall away.</summary>
    public static SketchBuckets Of(SketchSide side, int halvings)
    {
        var buckets = new SketchBuckets();
        for (var i = 0; i < side.Counts.Count; i++)
        {
            if (side.Counts[i] > 0)
            {
                buckets.Add((side.Offset + i) >> halvings, side.Counts[i]);
            }
        }

        return buckets;
    }

    /// <summary>How many halvings of the index bring all into so many buckets.</summary>
    public int HalvingsToFit(int buckets) => IsEmpty ? 0 : SketchScale.HalvingsToFit(Low, High, buckets);

    /// <summary>The same with room for the indexes from low to high.</summary>
    public int HalvingsToFit(int buckets, int low, int high) =>
        IsEmpty ? SketchScale.HalvingsToFit(low, high, buckets) : SketchScale.HalvingsToFit(Math.Min(Low, low), Math.Max(High, high), buckets);

    /// <summary>The same with room for the indexes of another, halved so many times.</summary>
    public int HalvingsToFit(int buckets, SketchBuckets other, int halvings) =>
        other.IsEmpty ? 0 : HalvingsToFit(buckets, other.Low >> halvings, other.High >> halvings);

    public SketchSide ToState() => IsEmpty ? SketchSide.Empty : new SketchSide(Low, counts[(Low - first)..(High - first + 1)]);

    private (int Low, int High) With(int index) => IsEmpty ? (index, index) : (Math.Min(Low, index), Math.Max(High, index));

    /// <summary>To twice the need, with the room on the side that grows, so that a growing range is copied seldom.</summary>
    private void Widen(int low, int high, bool roomBelow)
    {
        var wider = new long[2 * (high - low + 1)];
        var start = roomBelow ? high + 1 - wider.Length : low;
        for (var i = Low; i <= High; i++)
        {
            wider[i - start] = this[i];
        }

        (counts, first) = (wider, start);
    }
}
