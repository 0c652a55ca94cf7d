using System.Diagnostics.Metrics;
using Assay.Telemetry;
using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>How the metrics page is made.</summary>
public sealed class PrometheusOptions
{
    /// <summary>What is registered: buckets and closed label sets come from here. The default is the registry that ships with Assay.</summary>
    public TelemetryRegistry Registry { get; set; } = TelemetryRegistry.Default;

    /// <summary>
    /// Most series of one instrument, at least 1; further ones are folded into <c>otel_metric_overflow="true"</c> and
    /// counted once per instrument. The default is 2000. An instrument whose closed label sets allow more gets that many.
    /// </summary>
    public int CardinalityLimit { get; set; } = 2000;

    /// <summary>Most bytes of a page, at least 1024; families that do not fit are left out whole and counted. The default is 64 MiB.</summary>
    public int MaxPageBytes { get; set; } = 64 << 20;

    /// <summary>Whether the page shows the resource as <c>target_info</c>. The default is true.</summary>
    public bool ShowTargetInfo { get; set; } = true;

    /// <summary>
    /// Whether measurements made in a sampled span are kept as exemplars, shown in OpenMetrics on counters and buckets. The default is true.
    /// The SDK's collection takes about twice as long where every series has one.
    /// </summary>
    public bool Exemplars { get; set; } = true;

    /// <summary>
    /// Whether a registered counter shows 0 for a combination of its closed label values before anything was counted, so that
    /// the first event is an increase. The default is always.
    /// </summary>
    public Func<MetricDefinition, IReadOnlyDictionary<string, string>, bool> StartsAtZero { get; set; } = static (_, _) => true;

    /// <summary>A view for an instrument that the registry's buckets do not suit; null, the default, or a null result leaves the instrument as it is.</summary>
    /// <remarks>Views added to the builder beside this one would show an instrument twice. A missing cardinality limit is filled in.</remarks>
    public Func<Instrument, MetricStreamConfiguration?>? View { get; set; }

    /// <summary>
    /// The counter for what is lost to a bound, with labels <c>signal</c> and <c>reason</c>. The default, null, makes
    /// <c>assay_telemetry_dropped_total</c> on the registered meter and adds that meter to the provider.
    /// </summary>
    public Counter<long>? Dropped { get; set; }
}
