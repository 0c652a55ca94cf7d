using Assay.Files;

namespace Assay.Observability.Prometheus;

/// <summary>Writes the metrics page to a file for the textfile collector of node_exporter, for commands that end before they are scraped.</summary>
public static class MetricsFile
{
    /// <summary>
    /// Collects and replaces <paramref name="path"/> with the page in text 0.0.4, at once: a collector sees the old page or the new one.
    /// The collector reads names ending in <c>.prom</c>.
    /// </summary>
    /// <exception cref="AssayException">The file cannot be written (exit code 4).</exception>
    public static void Write(string path, PrometheusExporter exporter)
    {
        ArgumentNullException.ThrowIfNull(exporter);
        var page = exporter.Scrape();
        AtomicFile.Write(path, stream => stream.Write(page));
    }
}
