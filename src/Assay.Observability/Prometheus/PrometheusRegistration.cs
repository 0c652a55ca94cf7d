using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Assay.Telemetry;
using OpenTelemetry.Metrics;
using MetricType = Assay.Telemetry.MetricType;

namespace Assay.Observability.Prometheus;

/// <summary>Adds the metrics page to a meter provider.</summary>
public static class PrometheusRegistration
{
    private const string DroppedName = "assay_telemetry_dropped_total";

    /// <summary>
    /// Adds a reader that serves a metrics page, exemplars from sampled spans, the registry's buckets, and a cardinality limit per instrument.
    /// </summary>
    /// <param name="builder">The provider in the making; name the meters on it with <c>AddMeter</c>.</param>
    /// <param name="exporter">Where the page is read; it lives as long as the provider.</param>
    /// <param name="configure">Changes the options; null keeps the defaults.</param>
    /// <exception cref="AssayException">An option is out of its range (exit code 2).</exception>
    public static MeterProviderBuilder AddAssayPrometheus(
        this MeterProviderBuilder builder,
        out PrometheusExporter exporter,
        Action<PrometheusOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new PrometheusOptions();
        configure?.Invoke(options);
        Check(options);
        var definition = options.Registry.Metric(DroppedName);
        var ownMeter = options.Dropped is null ? new Meter(definition.Meter) : null;
        var dropped = options.Dropped ?? options.Registry.CreateCounter(ownMeter!, DroppedName);
        var zeros = new CounterZeros(options.StartsAtZero);
        var views = new Views(options, zeros);
        exporter = new PrometheusExporter(options, zeros, dropped, ownMeter);
        return builder
            .AddMeter(dropped.Meter.Name)
            .AddView(views.For)
            .SetExemplarFilter(options.Exemplars ? ExemplarFilterType.TraceBased : ExemplarFilterType.AlwaysOff)
            .AddReader(new BaseExportingMetricReader(exporter));
    }

    private static void Check(PrometheusOptions options)
    {
        if (options.CardinalityLimit < 1)
        {
            throw AssayException.Usage($"The cardinality limit {options.CardinalityLimit} is below 1.", "Give each instrument room for at least one series.");
        }

        if (options.MaxPageBytes < 1024)
        {
            throw AssayException.Usage($"The page bound of {options.MaxPageBytes} bytes is below 1024.", "Give the metrics page at least 1024 bytes.");
        }
    }

    private sealed class Views(PrometheusOptions options, CounterZeros zeros)
    {
        private readonly FrozenDictionary<string, MetricDefinition> registered = options.Registry.Metrics.ToFrozenDictionary(m => m.Name);

        public MetricStreamConfiguration For(Instrument instrument)
        {
            var definition = registered.GetValueOrDefault(instrument.Name);
            if (definition is not null)
            {
                zeros.Add(instrument, definition);
            }

            var view = options.View?.Invoke(instrument) ?? Of(instrument, definition);
            if (!ReferenceEquals(view, MetricStreamConfiguration.Drop))
            {
                view.CardinalityLimit ??= LimitOf(definition);
            }

            return view;
        }

        private static MetricStreamConfiguration Of(Instrument instrument, MetricDefinition? definition) =>
            definition?.Type == MetricType.Histogram && instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>)
                ? new ExplicitBucketHistogramConfiguration { Boundaries = [.. definition.Buckets] }
                : new MetricStreamConfiguration();

        private int LimitOf(MetricDefinition? definition) =>
            (int)Math.Clamp(definition is null ? 0 : CounterZeros.SeriesOf(definition), options.CardinalityLimit, Math.Max(options.CardinalityLimit, 100_000));
    }
}
