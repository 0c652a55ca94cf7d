namespace Assay.Statistics.Samples;

/// <summary>
/// Quantiles of a stream in bounded memory, with a known relative error, as a base-2 exponential histogram (OpenTelemetry metrics data
/// model; the error bound: Masson, Rim and Lee 2019, DDSketch). It starts at a relative error of 0.034 % and halves its
/// resolution whenever the values span more buckets than it may have. Merging is associative and commutative bit for bit.
/// Values nearer to zero than 2.2e-308 count as zero. Not for several threads at once: give each its own and merge.
/// </summary>
public sealed class QuantileSketch
{
    /// <summary>4,096 buckets for each sign, 64 KiB: a relative error of 0.27 % where the largest value is 2³² times the smallest, as from 1 µs to 1 h.</summary>
    public const int DefaultMaxBuckets = 4096;

    private readonly int maxBuckets;
    private SketchBuckets positive = new();
    private SketchBuckets negative = new();
    private int scale = SketchScale.Finest;
    private long zeroCount;
    private double min = double.PositiveInfinity;
    private double max = double.NegativeInfinity;

    /// <summary>An empty sketch.</summary>
    /// <param name="maxBuckets">The bound on the buckets of each sign, 2 to 65,536; 8 to 16 bytes each.</param>
    /// <exception cref="AssayException">The bound lies outside (exit code 2).</exception>
    public QuantileSketch(int maxBuckets = DefaultMaxBuckets)
    {
        DemandBuckets(maxBuckets);
        this.maxBuckets = maxBuckets;
    }

    /// <summary>How many finite values.</summary>
    public long Count { get; private set; }

    /// <summary>How many values were NaN or infinite; they are in no quantile.</summary>
    public long NotFinite { get; private set; }

    /// <summary>
    /// No quantile is farther than this share of the exact one (<see cref="QuantileKind.InvertedCdf"/>) from it, but for values
    /// that count as zero: 0.0027 is 0.27 %. It grows when the values span more buckets than there may be.
    /// </summary>
    public double RelativeError => SketchScale.RelativeError(scale);

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            NotFinite++;
            return;
        }

        Count++;
        min = Math.Min(min, value);
        max = Math.Max(max, value);
        if (Math.Abs(value) < SketchScale.LeastNormal)
        {
            zeroCount++;
            return;
        }

        AddAt(SketchScale.Index(Math.Abs(value)), value > 0);
    }

    /// <summary>The quantile within <see cref="RelativeError"/>; the smallest and the largest value exactly. Null when there are no finite values.</summary>
    /// <param name="q">The share below, 0 to 1; 0.95 for P95.</param>
    /// <exception cref="AssayException">q lies outside 0 to 1 (exit code 2).</exception>
    public double? Quantile(double q)
    {
        QuantileRank.Demand(q);
        var rank = QuantileRank.InvertedCdf(Count, q);
        return Count == 0 ? null
            : rank == 1 ? min
            : rank == Count ? max
            : Math.Clamp(ValueAt(rank), min, max);
    }

    /// <summary>A sketch of the values of both, at the coarser scale and with the smaller bound of the two; neither changes.</summary>
    public static QuantileSketch Merge(QuantileSketch a, QuantileSketch b)
    {
        var merged = new QuantileSketch(Math.Min(a.maxBuckets, b.maxBuckets)) { scale = Math.Min(a.scale, b.scale) };
        merged.Include(a);
        merged.Include(b);
        return merged;
    }

    /// <summary>All that the sketch knows.</summary>
    public SketchState ToState() =>
        new(scale, maxBuckets, zeroCount, NotFinite, Count == 0 ? null : min, Count == 0 ? null : max, positive.ToState(), negative.ToState());

    /// <summary>The sketch of a state, which may come from elsewhere.</summary>
    /// <exception cref="AssayException">The state cannot be one of a sketch (exit code 2).</exception>
    public static QuantileSketch FromState(SketchState state)
    {
        SketchStateCheck.Demand(state);
        var scale = Math.Min(state.Scale, SketchScale.Finest);
        var sketch = new QuantileSketch(state.MaxBuckets)
        {
            scale = scale,
            positive = SketchBuckets.Of(state.Positive, state.Scale - scale),
            negative = SketchBuckets.Of(state.Negative, state.Scale - scale),
            zeroCount = state.ZeroCount,
            min = state.Min ?? double.PositiveInfinity,
            max = state.Max ?? double.NegativeInfinity,
            Count = state.ZeroCount + state.Positive.Counts.Sum() + state.Negative.Counts.Sum(),
            NotFinite = state.NotFinite,
        };
        sketch.Coarsen(Math.Max(sketch.positive.HalvingsToFit(sketch.maxBuckets), sketch.negative.HalvingsToFit(sketch.maxBuckets)));
        SketchStateCheck.DemandEnds(
            sketch.Count == 0 || (sketch.IsLeast(sketch.min, sketch.negative, sketch.positive) && sketch.IsLeast(-sketch.max, sketch.positive, sketch.negative))
        );
        return sketch;
    }

    internal static void DemandBuckets(int maxBuckets)
    {
        if (maxBuckets is < 2 or > 65_536)
        {
            throw AssayException.Usage($"A quantile sketch cannot have {maxBuckets} buckets.", "Give 2 to 65,536; 4,096 is the default.");
        }
    }

    private void AddAt(int finest, bool above)
    {
        var index = finest >> (SketchScale.Finest - scale);
        var halvings = (above ? positive : negative).HalvingsToFit(maxBuckets, index, index);
        Coarsen(halvings);
        (above ? positive : negative).Add(index >> halvings, 1);
    }

    /// <summary>Takes in a sketch of the same scale or a finer one.</summary>
    private void Include(QuantileSketch other)
    {
        var halvings = other.scale - scale;
        var more = Math.Max(positive.HalvingsToFit(maxBuckets, other.positive, halvings), negative.HalvingsToFit(maxBuckets, other.negative, halvings));
        Coarsen(more);
        positive.Add(other.positive, halvings + more);
        negative.Add(other.negative, halvings + more);
        Count = checked(Count + other.Count);
        NotFinite += other.NotFinite;
        zeroCount += other.zeroCount;
        min = Math.Min(min, other.min);
        max = Math.Max(max, other.max);
    }

    private void Coarsen(int halvings)
    {
        if (halvings > 0)
        {
            positive = positive.Halved(halvings);
            negative = negative.Halved(halvings);
            scale -= halvings;
        }
    }

    /// <summary>
    /// Whether a value can be the least, by the side below zero and the side above. One bucket beside is forgiven: others place values by
    /// a logarithm, which rounds.
    /// </summary>
    private bool IsLeast(double value, SketchBuckets below, SketchBuckets above) =>
        !below.IsEmpty ? IsNear(-value, below.High)
        : zeroCount > 0 ? Math.Abs(value) < SketchScale.LeastNormal
        : IsNear(value, above.Low);

    private bool IsNear(double value, int index) =>
        value >= SketchScale.LeastNormal && Math.Abs((SketchScale.Index(value) >> (SketchScale.Finest - scale)) - index) <= 1;

    /// <summary>The value of the bucket with the rank-th value, from the most negative up.</summary>
    private double ValueAt(long rank)
    {
        for (var i = negative.High; i >= negative.Low; i--)
        {
            rank -= negative[i];
            if (rank <= 0)
            {
                return -SketchScale.Value(i, scale);
            }
        }

        rank -= zeroCount;
        if (rank <= 0)
        {
            return 0;
        }

        var index = positive.Low;
        for (rank -= positive[index]; rank > 0; rank -= positive[index])
        {
            index++;
        }

        return SketchScale.Value(index, scale);
    }
}
