using Assay.Experimentation.Analysis;

namespace Assay.Releases.Canaries.Probes;

/// <summary>What a probe answered once.</summary>
/// <param name="Problem">What is wrong, as half a sentence; null for a good answer.</param>
internal sealed record ProbeAnswer(string? Problem)
{
    /// <summary>The status; null when nothing was answered.</summary>
    public int? Status { get; init; }

    /// <summary>The value of the sample; null when there is none.</summary>
    public double? Value { get; init; }

    /// <summary>A failure.</summary>
    public static ProbeAnswer Bad(string problem) => new(problem.TrimEnd('.'));

    /// <summary>The same with a value that lies beyond the metric's limit as a failure.</summary>
    public ProbeAnswer Within(CanaryMetric metric) =>
        Problem is null && Value is { } value && metric.Limit is { } limit && (metric.IsLowerBetter ? value > limit : value < limit)
            ? this with
            {
                Problem =
                    $"{metric.Probe!.Sample} is {FigureText.Of(value, metric.Unit)}, {(metric.IsLowerBetter ? "above" : "below")} its limit of {FigureText.Of(limit, metric.Unit)}",
            }
            : this;
}
