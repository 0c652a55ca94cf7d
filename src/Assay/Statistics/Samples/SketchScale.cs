namespace Assay.Statistics.Samples;

/// <summary>
/// The buckets of a base-2 exponential histogram (OpenTelemetry metrics data model, "ExponentialHistogram"): at scale s, bucket i holds
/// the values in (2^(i/2^s), 2^((i+1)/2^s)]. Every value is placed at the finest scale by comparing its bits with exact bounds,
/// without a logarithm that could round across a bound; coarser scales halve the index. So the order of adding, scaling down and
/// merging does not matter, on any machine.
/// </summary>
internal static class SketchScale
{
    /// <summary>1,024 buckets for each doubling: a relative error of 0.034 %. Finer needs buckets that no bound would leave.</summary>
    public const int Finest = 10;

    /// <summary>At this scale two buckets hold all doubles: those up to 1 and those above.</summary>
    public const int Coarsest = -10;

    /// <summary>The least normal double. Below it a double has no relative precision; such values count as zero.</summary>
    public const double LeastNormal = 2.2250738585072014e-308;

    private const int BucketsPerDoubling = 1 << Finest;
    private const int FractionBits = 52;
    private const int ExponentBias = 1023;
    private const long FractionMask = (1L << FractionBits) - 1;

    private static readonly double[] Bounds = new double[BucketsPerDoubling];

    /// <summary>The fraction bits of the last double at or below each bound, with one more that no fraction exceeds.</summary>
    private static readonly long[] LastFractionBelow = new long[BucketsPerDoubling + 1];

    /// <summary>For each value of the first ten fraction bits, the bucket where the search starts; at most two steps remain.</summary>
    private static readonly short[] Start = new short[BucketsPerDoubling];

    static SketchScale()
    {
        FillBounds();
        LastFractionBelow[BucketsPerDoubling] = FractionMask;
        var bucket = (short)0;
        for (var i = 0; i < Start.Length; i++)
        {
            var fraction = (long)i << (FractionBits - Finest);
            while (LastFractionBelow[bucket + 1] < fraction)
            {
                bucket++;
            }

            Start[i] = bucket;
        }
    }

    /// <summary>The bucket of a normal, positive, finite value at the finest scale.</summary>
    public static int Index(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> FractionBits) - ExponentBias;
        var fraction = bits & FractionMask;
        if (fraction == 0)
        {
            // A power of two is the upper bound of its bucket.
            return (exponent * BucketsPerDoubling) - 1;
        }

        int bucket = Start[fraction >> (FractionBits - Finest)];
        while (LastFractionBelow[bucket + 1] < fraction)
        {
            bucket++;
        }

        return (exponent * BucketsPerDoubling) + bucket;
    }

    /// <summary>The value in bucket <paramref name="index"/> of a scale from which no value of the bucket is relatively farther than <see cref="RelativeError"/>.</summary>
    public static double Value(int index, int scale)
    {
        var lower = index << (Finest - scale);
        return Math.ScaleB(Bounds[lower & (BucketsPerDoubling - 1)] * (1 + RelativeError(scale)), lower >> Finest);
    }

    /// <summary>
    /// (b − 1)/(b + 1) with b = 2^(2^−scale), the ratio of a bucket's bounds: the distance of both bounds from 2ab/(1 + b), a the lower
    /// (Masson, Rim and Lee 2019, DDSketch).
    /// </summary>
    public static double RelativeError(int scale) => Math.Tanh(Math.ScaleB(0.5 * Math.Log(2), -scale));

    /// <summary>How many halvings of the index bring low to high within the bound.</summary>
    public static int HalvingsToFit(int low, int high, int buckets)
    {
        var halvings = 0;
        while ((high >> halvings) - (low >> halvings) >= buckets)
        {
            halvings++;
        }

        return halvings;
    }

    /// <summary>2^(k/1024) in about 31 digits, as products of the repeated square roots of 2: operations that IEEE 754 rounds everywhere alike.</summary>
    private static void FillBounds()
    {
        Span<DoubleDouble> roots = stackalloc DoubleDouble[Finest];
        DoubleDouble root = 2;
        for (var i = Finest - 1; i >= 0; i--)
        {
            root = Root(root);
            roots[i] = root;
        }

        for (var k = 0; k < BucketsPerDoubling; k++)
        {
            DoubleDouble bound = 1;
            for (var bit = 0; bit < Finest; bit++)
            {
                bound = (k & (1 << bit)) == 0 ? bound : bound * roots[bit];
            }

            Bounds[k] = bound.High;
            var last = bound.Low < 0 ? Math.BitDecrement(bound.High) : bound.High;
            LastFractionBelow[k] = BitConverter.DoubleToInt64Bits(last) & FractionMask;
        }
    }

    /// <summary>One step of Newton's method from the rounded root doubles its digits.</summary>
    private static DoubleDouble Root(DoubleDouble square)
    {
        DoubleDouble rough = Math.Sqrt(square.High);
        return rough + ((square - (rough * rough)) / (2 * rough.High));
    }
}
