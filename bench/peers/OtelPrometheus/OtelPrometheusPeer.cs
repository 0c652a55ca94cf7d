using OpenTelemetry.Exporter.Prometheus;
using OpenTelemetry.Metrics;

namespace Assay.Benchmarks.Peers;

/// <summary>OpenTelemetry's Prometheus exporter, its response cache off, for the bench that loads this assembly.</summary>
public static class OtelPrometheusPeer
{
    /// <summary>Adds the exporter to a meter provider; each call of the result is one scrape and returns the length of the page in bytes.</summary>
    public static Func<int> Attach(MeterProviderBuilder builder, bool openMetrics)
    {
        var exporter = new PrometheusExporter(new PrometheusExporterOptions { ScrapeResponseCacheDurationMilliseconds = 0 });
        builder.AddReader(new BaseExportingMetricReader(exporter));
        var protocol = openMetrics
            ? new PrometheusProtocol(
                PrometheusProtocol.OpenMetricsMediaType,
                PrometheusProtocol.UnderscoresEscaping,
                PrometheusProtocol.OpenMetricsV1,
                isOpenMetrics: true
            )
            : PrometheusProtocol.Fallback;
        return () => Scrape(exporter.CollectionManager, protocol);
    }

    // With no other scrape under way a collection completes on the caller's thread.
    private static int Scrape(PrometheusCollectionManager collections, PrometheusProtocol protocol)
    {
        var scrape = collections.EnterCollect(protocol);
        if (!scrape.IsCompletedSuccessfully || !scrape.Result.Succeeded)
        {
            throw new InvalidOperationException("OpenTelemetry's exporter did not complete a scrape.");
        }

        var length = scrape.Result.View.Count;
        collections.ExitCollect(protocol);
        return length;
    }
}
