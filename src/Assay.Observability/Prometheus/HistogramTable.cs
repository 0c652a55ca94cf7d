using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>The lines of histograms: the cumulative buckets, sum and count of each series.</summary>
internal sealed class HistogramTable : SeriesTable
{
    private readonly double[] bounds;
    private readonly byte[] bucketName;
    private readonly byte[] sumName;
    private readonly byte[] countName;

    public HistogramTable(Metric metric, string name, bool showsExemplars)
        : base(metric, showsExemplars)
    {
        bounds = BoundsOf(metric);
        (bucketName, sumName, countName) = HistogramNames.Of(name);
    }

    protected override int LinesPerPoint => bounds.Length + 2;

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
        // Whatever is recorded raises the count, so an equal count means equal buckets and an equal sum. An exemplar may come a moment later.
        if (Exemplars is null && Shows(line + bounds.Length + 1, point.GetHistogramCount()))
        {
            return true;
        }

        OfferToBuckets(in point, bounds, line);
        var cumulative = 0L;
        var i = line;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            Set(i++, cumulative, text);
        }

        // A histogram without bounds has no buckets in the SDK and the infinite one on the page.
        var count = bounds.Length == 1 ? point.GetHistogramCount() : cumulative;
        Set(line + bounds.Length - 1, count, text);
        Set(line + bounds.Length, point.GetHistogramSum(), text);
        Set(line + bounds.Length + 1, count, text);
        return true;
    }

    private static double[] BoundsOf(Metric metric)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var found = new List<double>();
            foreach (var bucket in point.GetHistogramBuckets())
            {
                found.Add(bucket.ExplicitBound);
            }

            return found.Count == 0 ? [double.PositiveInfinity] : [.. found];
        }

        return [double.PositiveInfinity];
    }
}
