namespace Assay.Observability.Prometheus;

/// <summary>The two forms of a metrics page.</summary>
public enum PrometheusFormat
{
    /// <summary>Prometheus text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0, with exemplars.</summary>
    OpenMetrics,
}
