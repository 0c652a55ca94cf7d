using Assay.Experimentation.Analysis;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>A watched metric, read and checked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What of it is compared.</param>
/// <param name="Role">What it is for.</param>
/// <param name="IsLowerBetter">Which way is good.</param>
internal sealed record CanaryMetric(string Name, CanaryMetricKind Kind, CanaryRole Role, bool IsLowerBetter)
{
    /// <summary>The share below a quantile; null for other kinds.</summary>
    public double? Quantile { get; init; }

    /// <summary>How much worse than control is accepted; none when nothing is written.</summary>
    public Margin Margin { get; init; }

    /// <summary>The backstop in the metric's unit; null for none.</summary>
    public double? Limit { get; init; }

    /// <summary>The unit, for people; empty for a share.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What is read from the hub; empty with a query.</summary>
    public string Read { get; init; } = "";

    /// <summary>What is asked of Prometheus; null with the hub.</summary>
    public QueryEntry? Query { get; init; }

    /// <summary>What is asked at each look; null for what is compared with control.</summary>
    public Probe? Probe { get; init; }

    /// <summary>Whether a step may not be left before this metric was read: a signal that cannot be seen cannot warn.</summary>
    public bool IsRequired => Role != CanaryRole.Info;
}

/// <summary>What of a metric is compared.</summary>
internal enum CanaryMetricKind
{
    /// <summary>The share of requests that count.</summary>
    Rate,

    /// <summary>The mean of values.</summary>
    Mean,

    /// <summary>A quantile of values.</summary>
    Quantile,

    /// <summary>Nothing: what is asked answers well or does not.</summary>
    Probe,
}

/// <summary>What a watched metric is for.</summary>
internal enum CanaryRole
{
    /// <summary>It must be proven within its margin; broken, it rolls back.</summary>
    Guardrail,

    /// <summary>Broken, it rolls back; it need not be proven.</summary>
    Signal,

    /// <summary>It is told.</summary>
    Info,
}
