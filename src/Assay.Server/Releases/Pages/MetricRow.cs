using Assay.Experimentation.Analysis;
using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Server.Experiments.Pages;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>A metric of a canary against control, as it is shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it is for and how it is tested.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Word">Another word for that; null for the usual one.</param>
public sealed record MetricRow(string Name, string Role, Verdict Verdict, string? Word)
{
    /// <summary>Control's figure.</summary>
    public string Control { get; init; } = Figures.None;

    /// <summary>What it rests on.</summary>
    public string ControlOf { get; init; } = "";

    /// <summary>The canary's figure.</summary>
    public string Canary { get; init; } = Figures.None;

    /// <summary>What it rests on.</summary>
    public string CanaryOf { get; init; } = "";

    /// <summary>Canary − control.</summary>
    public string Difference { get; init; } = Figures.None;

    /// <summary>Its any-look interval.</summary>
    public string Interval { get; init; } = "";

    /// <summary>The difference that is still accepted.</summary>
    public string Accepted { get; init; } = Figures.None;

    /// <summary>The limit of the canary itself, in words; empty for none.</summary>
    public string Backstop { get; init; } = "";

    /// <summary>Why there is no figure, or what a probe answered, in English as it was recorded; empty when the figures say all.</summary>
    public string Lack { get; init; } = "";

    /// <summary>The drawing; null without a figure.</summary>
    public IntervalPlot? Plot { get; init; }

    /// <summary>Whether it is compared with control, so that there is something to draw.</summary>
    public bool IsCompared { get; init; } = true;

    /// <summary>Whether the drawing has a margin.</summary>
    public bool HasMargin { get; init; }

    /// <summary>Traces to look at, the worst first.</summary>
    public IReadOnlyList<string> Traces { get; init; } = [];

    // What a person opens.
    private const int MostTraces = 3;

    internal static MetricRow Of(MetricJudgement made, CanaryMetric metric, Reader reader)
    {
        var (report, f) = (ReportOf(metric), reader.Figures);
        return new MetricRow(
            made.Metric,
            $"{reader.Say(ReleaseTexts.Of(made.Role))}, {reader.Say(ReleaseTexts.Of(metric.Kind))}",
            ReleaseTexts.VerdictOf(made.Verdict),
            ReleaseTexts.WordOf(made.Verdict) is { } word ? reader.Say(word) : null
        )
        {
            Control = MetricWords.Value(made.Control, report, f),
            ControlOf = Of(made.ControlCount, reader),
            Canary = metric.Probe is null ? MetricWords.Value(made.Canary, report, f) : ProbeFigures.Value(made.Canary, metric, reader),
            CanaryOf = Of(made.CanaryCount, reader),
            Difference = MetricWords.Difference(made.Difference, report, reader),
            Interval = MetricWords.Interval(made.Low, made.High, report, reader),
            Accepted = MetricWords.Difference(made.Accepted, report, reader),
            Backstop = ProbeFigures.Limit(metric, reader),
            Lack = made.Difference is not null && metric.Probe is null ? "" : made.Reason,
            Plot = made.Difference is { } difference
                ? IntervalPlot.Of(difference, made.Low, made.High, metric.IsLowerBetter, made.Accepted is { } accepted ? Math.Abs(accepted) : null)
                : null,
            IsCompared = metric.Probe is null,
            HasMargin = made.Accepted is not null,
            Traces = [.. made.TraceIds.Take(MostTraces)],
        };
    }

    /// <summary>The rows of a canary's last look: what fails first, then what is open, then what has no data.</summary>
    internal static IReadOnlyList<MetricRow> Of(IReadOnlyList<MetricJudgement> judgements, CanaryPlan plan, Reader reader) =>
        [
            .. from made in judgements
            join metric in plan.Metrics on made.Metric equals metric.Name
            orderby made.Role == CanaryRole.Info, Surface.Components.VerdictWords.RankOf(ReleaseTexts.VerdictOf(made.Verdict)), made.Role
            select Of(made, metric, reader),
        ];

    /// <summary>The metric as figures of experiments are written: by kind and unit.</summary>
    internal static MetricReport ReportOf(CanaryMetric metric) =>
        new(
            metric.Name,
            metric.Kind == CanaryMetricKind.Rate ? "rate" : "mean",
            MetricRole.Guardrail,
            metric.IsLowerBetter,
            metric.Kind == CanaryMetricKind.Rate ? "" : metric.Unit,
            [],
            []
        );

    private static string Of(long count, Reader reader) =>
        count == 0 ? "" : reader.Say($"of {reader.Figures.Count(count)}", $"из {reader.Figures.Count(count)}");
}
