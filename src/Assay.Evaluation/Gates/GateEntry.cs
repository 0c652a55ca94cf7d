using Assay.Catalogs;
using Assay.Evaluation.Gates.Learning;

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

    /// <summary><c>mean</c> (the default), <c>rate</c>, <c>p50</c>, <c>p90</c>, <c>p95</c>, <c>p99</c>, <c>difference</c>, <c>error_rate</c>, <c>total</c>, <c>run_sd</c>, <c>agreement</c>.</summary>
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

    /// <summary>The name that reports show.</summary>
    internal string ShownName => Name ?? $"{Metric} {Statistic ?? "mean"}";

    /// <summary>Which cases count; null when the gate does not say.</summary>
    internal Threshold? CaseLimit =>
        CaseAtLeast is { } least ? new(ThresholdSide.AtLeast, least)
        : CaseAtMost is { } most ? new(ThresholdSide.AtMost, most)
        : null;

    /// <summary>Where its limit was learned; null when it is the file's own.</summary>
    internal LearnedLimit? Learned { get; private set; }

    /// <summary>The gate with a learned limit in the place of its own. A warning band that lies on the bad side of it is none any more.</summary>
    internal GateEntry With(LearnedLimit learned)
    {
        var gate = (GateEntry)MemberwiseClone();
        (gate.AtLeast, gate.AtMost) = learned.Side == ThresholdSide.AtLeast ? (learned.Limit, (double?)null) : (null, learned.Limit);
        gate.Warn = Warn is { } warn && new Threshold(learned.Side, learned.Limit!.Value).Holds(warn) ? warn : null;
        gate.Learned = learned;
        return gate;
    }
}
