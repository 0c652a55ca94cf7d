using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>Reads one number of a metric point.</summary>
internal interface IPointValue<out T>
{
    static abstract T Of(in MetricPoint point);

    static abstract double OfExemplar(in Exemplar exemplar);
}

internal readonly struct LongSum : IPointValue<long>
{
    public static long Of(in MetricPoint point) => point.GetSumLong();

    public static double OfExemplar(in Exemplar exemplar) => exemplar.LongValue;
}

internal readonly struct LongGauge : IPointValue<long>
{
    public static long Of(in MetricPoint point) => point.GetGaugeLastValueLong();

    public static double OfExemplar(in Exemplar exemplar) => exemplar.LongValue;
}

internal readonly struct DoubleSum : IPointValue<double>
{
    public static double Of(in MetricPoint point) => point.GetSumDouble();

    public static double OfExemplar(in Exemplar exemplar) => exemplar.DoubleValue;
}

internal readonly struct DoubleGauge : IPointValue<double>
{
    public static double Of(in MetricPoint point) => point.GetGaugeLastValueDouble();

    public static double OfExemplar(in Exemplar exemplar) => exemplar.DoubleValue;
}

/// <summary>The lines of counters and gauges: one per series.</summary>
internal sealed class ScalarTable<TNumber, TValue>(Metric metric, byte[] name, bool showsExemplars) : SeriesTable(metric, showsExemplars)
    where TValue : struct, IPointValue<TNumber>
{
    protected override int LinesPerPoint => 1;

    // The loop of the base class once more: a page has thousands of these lines, and here the update is compiled into the loop.
    protected override bool Patch(Span<byte> text)
    {
        var ordinal = 0;
        foreach (ref readonly var point in Metric.GetMetricPoints())
        {
            if (!TryFind(ordinal++, in point, out var line))
            {
                return false;
            }

            if (line >= 0)
            {
                TryUpdate(in point, line, text);
            }
        }

        return ordinal == PointCount;
    }

    protected override void WritePoint(int line, ReadOnlySpan<byte> labels, ByteText text) => WriteLine(line, name, labels, bound: null, text);

    protected override bool TryUpdate(in MetricPoint point, int line, Span<byte> text)
    {
        if (Exemplars is not null && point.TryGetExemplars(out var exemplars))
        {
            foreach (ref readonly var exemplar in exemplars)
            {
                Offer(line, in exemplar, TValue.OfExemplar(in exemplar));
            }
        }

        if (typeof(TNumber) == typeof(long))
        {
            Set(line, (long)(object)TValue.Of(in point)!, text);
        }
        else
        {
            Set(line, (double)(object)TValue.Of(in point)!, text);
        }

        return true;
    }
}
