using Assay.Catalogs;

namespace Assay.Evaluation.Gates;

/// <summary>A gate as a benchmark file states it: <c>- {metric: judge, statistic: mean, atLeast: 0.7, warn: 0.75}</c>.</summary>
public sealed class GateEntry : CatalogEntry
{
    /// <summary>Its name in reports; the metric and the statistic when left out.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// A metric of the benchmark; <c>target</c> for the error rate of the target; <c>cost_usd</c>, <c>judge_cost_usd</c>, <c>run_cost_usd</c>, <c>tokens</c>,
    /// <c>latency_ms</c> for what the answers took.
    /// </summary>
    public string? Metric { get; set; }

    /// <summary><c>mean</c> (the default), <c>rate</c>, <c>p50</c>, <c>p90</c>, <c>p95</c>, <c>p99</c>, <c>difference</c>, <c>error_rate</c>, <c>total</c>, <c>agreement</c>.</summary>
    public string? Statistic { get; set; }

    /// <summary>The least good value, in the unit of the figure.</summary>
    public double? AtLeast { get; set; }

    /// <summary>The greatest good value.</summary>
    public double? AtMost { get; set; }

    /// <summary><c>rate</c>: a case counts when its value is at least this.</summary>
    public double? CaseAtLeast { get; set; }

    /// <summary><c>rate</c>: a case counts when its value is at most this.</summary>
    public double? CaseAtMost { get; set; }

    /// <summary><c>difference</c>: how much worse than the baseline the candidate may be, from 0, in the metric's unit.</summary>
    public double? Margin { get; set; }

    /// <summary>The edge of the warning band, on the good side of the limit; null for no band.</summary>
    public double? Warn { get; set; }

    /// <summary>The share of cases that may lack a value because asking or measuring failed, 0 to 1, and the gate still pass. The default is 0.05.</summary>
    public double? MissingAtMost { get; set; }
}
