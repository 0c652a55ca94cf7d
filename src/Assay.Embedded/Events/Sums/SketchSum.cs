using Assay.Statistics.Samples;

namespace Assay.Embedded.Events.Sums;

/// <summary>
/// Adds up sketches as they are stored, thousands for one answer, without making each of them. It comes to the sketch that
/// <see cref="QuantileSketch.Merge"/> comes to: the counts at the coarsest scale, coarser still when they span too many buckets.
/// </summary>
internal sealed class SketchSum
{
    private readonly SketchSideSum positive = new();
    private readonly SketchSideSum negative = new();
    private int scale = int.MaxValue;
    private int maxBuckets = Sum.Buckets;
    private long zeros;
    private long notFinite;
    private double? min;
    private double? max;

    /// <summary>Adds a stored sketch.</summary>
    public void Add(ref ByteReader bytes)
    {
        var state = SketchCodec.ReadHead(ref bytes);
        maxBuckets = Math.Min(maxBuckets, state.MaxBuckets);
        Coarsen(scale - state.Scale);
        scale = Math.Min(scale, state.Scale);
        zeros += state.ZeroCount;
        notFinite += state.NotFinite;
        min = state.Min is { } low && !(min < low) ? low : min;
        max = state.Max is { } high && !(max > high) ? high : max;
        SketchCodec.AddSide(ref bytes, positive, state.Scale - scale);
        SketchCodec.AddSide(ref bytes, negative, state.Scale - scale);
        Coarsen(Math.Max(positive.HalvingsToFit(maxBuckets), negative.HalvingsToFit(maxBuckets)));
    }

    public QuantileSketch ToSketch() =>
        scale == int.MaxValue
            ? new QuantileSketch(Sum.Buckets)
            : QuantileSketch.FromState(new SketchState(scale, maxBuckets, zeros, notFinite, min, max, positive.ToSide(), negative.ToSide()));

    /// <summary>The sketch without values that were added here and went elsewhere.</summary>
    public QuantileSketch Without(SketchSum? moved)
    {
        if (moved is null || moved.scale == int.MaxValue || scale == int.MaxValue)
        {
            return ToSketch();
        }

        Coarsen(scale - moved.scale);
        moved.Coarsen(moved.scale - scale);
        positive.TakeOff(moved.positive);
        negative.TakeOff(moved.negative);
        zeros = Math.Max(0, zeros - moved.zeros);
        notFinite = Math.Max(0, notFinite - moved.notFinite);
        (min, max) = (NearestEnd(min, negative.Highest, positive.Lowest), -NearestEnd(-max, positive.Highest, negative.Lowest));
        return ToSketch();
    }

    /// <summary>The least value as it was, where its bucket still holds some; else the middle of the bucket that is the lowest now.</summary>
    /// <param name="least">The least value before.</param>
    /// <param name="below">The highest bucket below zero, where the least values are.</param>
    /// <param name="above">The lowest bucket above zero.</param>
    private double? NearestEnd(double? least, int? below, int? above) =>
        below is { } far
            ? Within(-least, far)
                ? least
                : -Middle(far)
            : zeros > 0
                ? 0
                : above is not { } near
                    ? null
                    : Within(least, near)
                        ? least
                        : Middle(near);

    private bool Within(double? value, int index) => value is > 0 && Math.Abs((Math.Log2(value.Value) * Math.ScaleB(1, scale)) - index - 0.5) <= 1;

    /// <summary>Between b^index and b^(index + 1) with b = 2^(2^−scale).</summary>
    private double Middle(int index) => Math.Pow(2, (index + 0.5) * Math.ScaleB(1, -scale));

    private void Coarsen(int halvings)
    {
        if (halvings <= 0 || scale == int.MaxValue)
        {
            return;
        }

        positive.Halve(halvings);
        negative.Halve(halvings);
        scale -= halvings;
    }
}

/// <summary>Counts by bucket of one sign.</summary>
internal sealed class SketchSideSum
{
    private long[] counts = [];
    private int first;
    private int low;
    private int high = -1;

    public void Add(int index, long count)
    {
        if (high < low)
        {
            (low, high) = (index, index);
        }

        if (index < first || index >= first + counts.Length)
        {
            MakeRoom(Math.Min(low, index), Math.Max(high, index));
        }

        (low, high) = (Math.Min(low, index), Math.Max(high, index));
        counts[index - first] += count;
    }

    /// <summary>The lowest bucket; null when there is none.</summary>
    public int? Lowest => high < low ? null : low;

    /// <summary>The highest bucket; null when there is none.</summary>
    public int? Highest => high < low ? null : high;

    /// <summary>Takes counts off; never below nothing.</summary>
    public void TakeOff(SketchSideSum other)
    {
        for (var i = Math.Max(low, other.low); i <= Math.Min(high, other.high); i++)
        {
            counts[i - first] = Math.Max(0, counts[i - first] - other.counts[i - other.first]);
        }

        while (high >= low && counts[low - first] == 0)
        {
            low++;
        }

        while (high >= low && counts[high - first] == 0)
        {
            high--;
        }
    }

    public void Halve(int halvings)
    {
        var (from, to, old, at) = (low, high, counts, first);
        (counts, first, low, high) = ([], 0, 0, -1);
        for (var i = from; i <= to; i++)
        {
            if (old[i - at] != 0)
            {
                Add(i >> halvings, old[i - at]);
            }
        }
    }

    public int HalvingsToFit(int buckets)
    {
        var halvings = 0;
        while (high >= low && (high >> halvings) - (low >> halvings) >= buckets)
        {
            halvings++;
        }

        return halvings;
    }

    public SketchSide ToSide() => high < low ? new SketchSide(0, []) : new SketchSide(low, counts[(low - first)..(high - first + 1)]);

    private void MakeRoom(int from, int to)
    {
        var room = new long[2 * (to - from + 1)];
        var start = from - ((to - from + 1) / 2);
        for (var i = low; i <= high && counts.Length > 0; i++)
        {
            if (i >= first && i < first + counts.Length)
            {
                room[i - start] = counts[i - first];
            }
        }

        (counts, first) = (room, start);
    }
}
