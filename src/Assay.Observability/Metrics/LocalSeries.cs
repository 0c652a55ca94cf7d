using Assay.Statistics.Samples;

namespace Assay.Observability.Metrics;

/// <summary>The values under one name.</summary>
internal sealed class LocalSeries
{
    private readonly Lock gate = new();
    private readonly QuantileSketch sketch = new();
    private double sum;

    public void Add(double value)
    {
        lock (gate)
        {
            sketch.Add(value);
            sum += double.IsFinite(value) ? value : 0;
        }
    }

    public LocalFigure Read(string name)
    {
        lock (gate)
        {
            double? mean = sketch.Count > 0 ? sum / sketch.Count : null;
            return new LocalFigure(
                name,
                sketch.Count,
                mean,
                sketch.Quantile(0.5),
                sketch.Quantile(0.95),
                sketch.Quantile(0.99),
                sketch.Quantile(1),
                sketch.RelativeError
            );
        }
    }
}

/// <summary>A measurement that ends when it is disposed; see <see cref="LocalFigures.Time"/>.</summary>
public readonly struct LocalTiming : IDisposable
{
    private readonly LocalSeries series;
    private readonly TimeProvider time;
    private readonly long started;

    internal LocalTiming(LocalSeries series, TimeProvider time)
    {
        this.series = series;
        this.time = time;
        started = time.GetTimestamp();
    }

    /// <summary>Records the time since the start; disposing twice records twice.</summary>
    public void Dispose() => series?.Add(time.GetElapsedTime(started).TotalMilliseconds);
}
