using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;
using Assay.Statistics;

namespace Assay.Evaluation.Metrics;

/// <summary>Measures one quality of an answer.</summary>
public interface IMetric
{
    /// <summary>Its name in benchmark files, reports and <c>benchmark_metric_value</c>: <c>rouge_l</c>.</summary>
    string Name { get; }

    /// <summary>Whether more is better, and the range.</summary>
    MetricScale Scale { get; }

    /// <summary>A hash over everything that shapes its values; for a judged metric the judge's fingerprint. Constant for the others.</summary>
    string Fingerprint { get; }

    /// <summary>Measures. Called from many threads at once.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="answer">What the target said.</param>
    /// <param name="repeat">Which repeat, from 0: a judge is asked anew for each.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="Assay.Models.Calls.ModelCallException">The judge refuses or the budget is spent: the run stops. Other faults are a <see cref="Measurement.Error"/>.</exception>
    ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken);
}

/// <summary>What a metric's numbers mean.</summary>
/// <param name="HigherIsBetter">Whether more is better.</param>
/// <param name="Low">The least possible value; null for none.</param>
/// <param name="High">The greatest possible value; null for none.</param>
/// <param name="Unit">The unit, <c>ms</c>, <c>usd</c>, <c>tokens</c>; empty for a share or score.</param>
public sealed record MetricScale(bool HigherIsBetter, double? Low, double? High, string Unit = "")
{
    /// <summary>A score or share from 0 to 1, more is better.</summary>
    public static readonly MetricScale Share = new(HigherIsBetter: true, 0, 1);

    /// <summary>An interval by t may leave the range; no reader should wonder about a score of 1.02.</summary>
    internal Interval Within(Interval ends) => ends with { Low = ends.Low < Low ? Low : ends.Low, High = ends.High > High ? High : ends.High };
}

/// <summary>A measurement with the model calls that it took; none for metrics that ask no model.</summary>
/// <param name="Result">What it says.</param>
/// <param name="Calls">The calls.</param>
public sealed record Measured(Measurement Result, IReadOnlyList<Assay.Models.Calls.CallFacts> Calls)
{
    /// <summary>A measurement that asked no model.</summary>
    public static Measured Of(Measurement result) => new(result, []);
}
