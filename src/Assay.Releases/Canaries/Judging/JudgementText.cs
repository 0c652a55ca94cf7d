using System.Text;
using Assay.Experimentation.Analysis;

namespace Assay.Releases.Canaries.Judging;

/// <summary>A judgement in sentences: figures, interval, what is accepted, how it was tested, what is still needed and what could have been seen.</summary>
internal static class JudgementText
{
    public static string Of(CanaryMetric metric, MetricJudgement made, bool isGross, bool isWorse, bool isBeyond)
    {
        var text = new StringBuilder(Head(metric, made, isGross, isWorse, isBeyond)).Append(' ').Append(Figures(metric, made));
        if (made.Verdict == MetricVerdict.Inconclusive)
        {
            text.Append(' ').Append(Needs(metric, made));
        }

        if (made.Visible is { } visible)
        {
            text.Append($" At this traffic a worsening of {Difference(metric, visible)} is found with a chance of 80 %.");
        }

        return text.ToString();
    }

    /// <summary>A canary that is proven beyond its limit while control has no figures.</summary>
    public static string Beyond(CanaryMetric metric, MetricJudgement made) =>
        $"{Head(metric, made, isGross: false, isWorse: false, isBeyond: true)} Canary {Shown(metric, made.Canary)} of {FigureText.Count(made.CanaryCount)}; control has no figures ({made.Method}).";

    /// <summary>A figure of the metric: a share as per cent.</summary>
    public static string Value(CanaryMetric metric, double value) => IsShare(metric) ? FigureText.Percent(value) : FigureText.Of(value, metric.Unit);

    private static string Head(CanaryMetric metric, MetricJudgement made, bool isGross, bool isWorse, bool isBeyond) =>
        isGross ? $"At least half of the canary's requests are bad, {GrossFailure.LeastBad} or more; a healthy canary is called so once in 4,033."
        : isWorse && isBeyond ? $"Proven worse than control, and beyond its limit of {Value(metric, metric.Limit!.Value)}."
        : isWorse ? "Proven worse than control, and by the best estimate more than is accepted."
        : isBeyond ? $"Proven beyond its limit of {Value(metric, metric.Limit!.Value)}, whatever control does."
        : made.Verdict == MetricVerdict.Pass ? "Proven within its margin."
        : "Open.";

    private static string Figures(CanaryMetric metric, MetricJudgement made)
    {
        var interval = IsShare(metric) ? FigureText.Interval(100 * made.Low, 100 * made.High, "points") : FigureText.Interval(made.Low, made.High, metric.Unit);
        return $"Canary {Shown(metric, made.Canary)} of {FigureText.Count(made.CanaryCount)}, control {Shown(metric, made.Control)} of {FigureText.Count(made.ControlCount)}: "
            + $"{(made.Difference > 0 ? "+" : "")}{(made.Difference is { } d ? Difference(metric, d) : "no difference")} ({interval}; {made.Method}){Accepted(metric, made)}.";
    }

    private static string Accepted(CanaryMetric metric, MetricJudgement made) =>
        made.Accepted is { } accepted
            ? $"; {Difference(metric, Math.Abs(accepted))} {(metric.IsLowerBetter ? "more" : "less")} is accepted{(metric.Margin.Relative > 0 ? $" ({FigureText.Percent(metric.Margin.Relative)} of control)" : "")}"
            : "";

    private static string Needs(CanaryMetric metric, MetricJudgement made) =>
        metric.Margin.IsNone ? "It has no margin to be proven within."
        : made.More is { } more ? $"About {FigureText.Counted(more, "request")} more of the canary would prove it, if it stays as it is."
        : "Its estimate lies beyond its margin: more requests prove harm, not safety.";

    private static string Shown(CanaryMetric metric, double? value) => value is { } v ? Value(metric, v) : "none";

    private static string Difference(CanaryMetric metric, double value) =>
        IsShare(metric) ? FigureText.Of(100 * value, "points") : FigureText.Of(value, metric.Unit);

    private static bool IsShare(CanaryMetric metric) => metric.Kind == CanaryMetricKind.Rate;
}
