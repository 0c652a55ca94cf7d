namespace Assay.Experimentation.Analysis;

/// <summary>A metric of an experiment, read and checked.</summary>
/// <param name="Name">The name of the outcomes.</param>
/// <param name="Kind">What of them is compared.</param>
/// <param name="Role">What it is for.</param>
/// <param name="IsLowerBetter">Which way is good.</param>
internal sealed record MetricPlan(string Name, MetricKind Kind, MetricRole Role, bool IsLowerBetter)
{
    /// <summary>The share below a quantile; null for other kinds.</summary>
    public double? Quantile { get; init; }

    /// <summary>The outcomes below the line of a ratio; null for the number of outcomes.</summary>
    public string? Per { get; init; }

    /// <summary>How much worse than control a guardrail may be.</summary>
    public Margin Margin { get; init; }

    /// <summary>The unit, for people.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The smallest effect worth finding, above 0; null when nobody said.</summary>
    public double? MinimalEffect { get; init; }

    /// <summary>The kind as a catalog file writes it: <c>mean</c>, <c>p95</c>.</summary>
    public required string KindText { get; init; }

    /// <summary>The metric with its kind: <c>latency_ms p95</c>.</summary>
    public string Title => $"{Name} {KindText}";

    /// <summary>Whether a difference is to the good.</summary>
    public bool IsBetter(double difference) => IsLowerBetter ? difference < 0 : difference > 0;
}

/// <summary>What of a metric's outcomes is compared.</summary>
internal enum MetricKind
{
    /// <summary>Per unit with outcomes: the mean of its values.</summary>
    Mean,

    /// <summary>Per exposed unit: the sum of its values, 0 for one without outcomes.</summary>
    Sum,

    /// <summary>The share of exposed units with an outcome that is not 0.</summary>
    Rate,

    /// <summary>Sum over sum.</summary>
    Ratio,

    /// <summary>A quantile of single values.</summary>
    Quantile,
}

/// <summary>What a metric is for.</summary>
internal enum MetricRole
{
    /// <summary>It is decided by.</summary>
    Goal,

    /// <summary>It must not get worse by more than its margin.</summary>
    Guardrail,

    /// <summary>It is told.</summary>
    Info,
}

/// <summary>How much worse than control is still accepted: one of both, or neither.</summary>
/// <param name="Absolute">In the metric's unit, 0 or more.</param>
/// <param name="Relative">As a share of control's value, 0 or more.</param>
internal readonly record struct Margin(double Absolute, double Relative)
{
    /// <summary>Whether any worsening at all is too much.</summary>
    public bool IsNone => Absolute == 0 && Relative == 0;
}
