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
