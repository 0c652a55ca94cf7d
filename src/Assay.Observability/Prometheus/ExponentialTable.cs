using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>
/// The lines of exponential histograms, shown as ordinary ones whose bounds are powers of two.
/// </summary>
/// <remarks>
/// Bounds of exponential buckets at every scale from 0 up include the powers of two, so that the cumulative counts there are exact, and the bounds
/// stay the same while the SDK rescales. All series of a metric have the same bounds: 0 (zero and negative values), then every power of two
/// that has been needed, from 2^-30 (1 ns in seconds) to 2^40 (1 TiB), then infinity. Below scale 0, that is past a spread of 2^160, buckets span several powers
/// of two and are counted at their upper bound.
/// </remarks>
internal sealed class ExponentialTable : SeriesTable
{
    private const int LowestExponent = -30;
    private const int HighestExponent = 40;
    private const int MostBounds = HighestExponent - LowestExponent + 3;

    private readonly byte[] bucketName;
    private readonly byte[] sumName;
    private readonly byte[] countName;
    private double[] bounds = [];
    private int lowest = int.MaxValue;
    private int highest = int.MinValue;

    public ExponentialTable(Metric metric, string name, bool showsExemplars)
        : base(metric, showsExemplars) => (bucketName, sumName, countName) = HistogramNames.Of(name);

    protected override int LinesPerPoint => bounds.Length + 2;

    protected override void Prepare()
    {
        foreach (ref readonly var point in Metric.GetMetricPoints())
        {
            var (low, high) = RangeOf(in point);
            lowest = Math.Min(lowest, low);
            highest = Math.Max(highest, high);
        }

        // Where nothing positive was measured yet there is no lowest and no highest, and their difference overflows.
        bounds =
            highest < lowest
                ? [0, double.PositiveInfinity]
                : [0, .. Enumerable.Range(lowest, highest - lowest + 1).Select(e => Math.ScaleB(1, e)), double.PositiveInfinity];
    }

    protected override void WritePoint(int line, ReadOnlySpan<byte> labels, ByteText text)
    {
        foreach (var bound in bounds)
        {
            WriteLine(line++, bucketName, labels, bound, text);
        }

        WriteLine(line++, sumName, labels, bound: null, text);
        WriteLine(line, countName, labels, bound: null, text);
    }

    protected override bool TryUpdate(in MetricPoint point, int line, Span<byte> text)
    {
        if (Exemplars is null && Shows(line + bounds.Length + 1, point.GetHistogramCount()))
        {
            return true;
        }

        var (low, high) = RangeOf(in point);
        if (low < lowest || high > highest)
        {
            return false;
        }

        OfferToBuckets(in point, bounds, line);
        Span<long> counts = stackalloc long[MostBounds];
        Count(in point, counts[..bounds.Length]);
        var cumulative = 0L;
        for (var i = 0; i < bounds.Length; i++)
        {
            cumulative += counts[i];
            Set(line + i, cumulative, text);
        }

        Set(line + bounds.Length, point.GetHistogramSum(), text);
        Set(line + bounds.Length + 1, cumulative, text);
        return true;
    }

    private void Count(in MetricPoint point, Span<long> counts)
    {
        // The SDK does not show negative buckets: their count is what is left of the total.
        counts[0] = point.GetHistogramCount();
        var data = point.GetExponentialHistogramData();
        var index = data.PositiveBuckets.Offset;
        foreach (var count in data.PositiveBuckets)
        {
            var exponent = UpperExponent(index++, data.Scale);
            if (count > 0)
            {
                counts[0] -= count;
                counts[exponent > HighestExponent ? counts.Length - 1 : 1 + Math.Max(exponent, LowestExponent) - lowest] += count;
            }
        }
    }

    /// <summary>The least and the greatest exponent that the point needs as bounds; the wrong way round where it needs none.</summary>
    private static (int Low, int High) RangeOf(in MetricPoint point)
    {
        var data = point.GetExponentialHistogramData();
        var (low, high) = (int.MaxValue, int.MinValue);
        var index = data.PositiveBuckets.Offset;
        foreach (var count in data.PositiveBuckets)
        {
            var exponent = Math.Max(UpperExponent(index++, data.Scale), LowestExponent);
            if (count > 0 && exponent <= HighestExponent)
            {
                (low, high) = (Math.Min(low, exponent), Math.Max(high, exponent));
            }
        }

        return (low, high);
    }

    // The bucket of index i at scale s holds values in (2^(i / 2^s), 2^((i + 1) / 2^s)].
    private static int UpperExponent(int index, int scale) => scale >= 0 ? (index >> scale) + 1 : (index + 1) << -scale;
}
