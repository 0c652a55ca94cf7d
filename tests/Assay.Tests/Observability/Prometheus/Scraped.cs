using System.Diagnostics.Metrics;
using System.Text;
using Assay.Observability.Prometheus;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Assay.Tests.Observability.Prometheus;

/// <summary>A provider with one meter of its own: providers match meters by name across the whole process.</summary>
internal sealed class Scraped : IDisposable
{
    private static int count;
    private readonly MeterProvider provider;

    public Scraped(Action<PrometheusOptions>? configure = null)
    {
        Meter = new Meter($"test.prometheus.{Interlocked.Increment(ref count)}");
        Dropped = Meter.CreateCounter<long>("assay_telemetry_dropped_total", "1", "Telemetry that was lost on purpose.");
        provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(r => r.Clear().AddAttributes([new("service.name", "assay-test"), new("service.version", "1.2\"3")]))
            .AddMeter(Meter.Name)
            .AddAssayPrometheus(
                out var exporter,
                options =>
                {
                    options.ShowTargetInfo = false;
                    options.Dropped = Dropped;
                    options.StartsAtZero = static (_, _) => false;
                    configure?.Invoke(options);
                }
            )
            .Build();
        Exporter = exporter;
    }

    public Meter Meter { get; }

    public Counter<long> Dropped { get; }

    public PrometheusExporter Exporter { get; }

    public string Text => Encoding.UTF8.GetString(Exporter.Scrape());

    public string OpenMetrics => Encoding.UTF8.GetString(Exporter.Scrape(PrometheusFormat.OpenMetrics));

    public PrometheusPage Page => PrometheusText.Parse(Exporter.Scrape());

    public void Dispose()
    {
        provider.Dispose();
        Meter.Dispose();
    }

    public static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
