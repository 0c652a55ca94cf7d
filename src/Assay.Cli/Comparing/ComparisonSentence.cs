using Assay.Cli.Showing;
using Assay.Statistics;

namespace Assay.Cli.Comparing;

/// <summary>A comparison of means in plain words: the estimate, how sure it is, what may be claimed, and what would have been seen.</summary>
internal static class ComparisonSentence
{
    public static string Of(string metric, StatisticResult means, double? adjustedP, Detectable detectable, ComparisonRequest request) =>
        means switch
        {
            Computed computed => $"{metric}: {Found(computed, adjustedP, request)}: {Claim(computed, adjustedP, request)}. {Seen(detectable)}".TrimEnd(),
            NotComputable not => $"{metric}: the means cannot be compared: {not.Reason}.",
            _ => throw new InvalidOperationException($"No words for {means.GetType().Name}."),
        };

    private static string Found(Computed means, double? adjustedP, ComparisonRequest request)
    {
        var scale = NumberText.Uncertainty(means);
        string Number(double value) => NumberText.Of(value, scale);
        var direction = means.Estimate switch
        {
            > 0 => $"the treatment is higher by {Number(means.Estimate)}",
            < 0 => $"the treatment is lower by {Number(-means.Estimate)}",
            _ => "the treatment has the control's mean",
        };
        string?[] sureness =
        [
            means.Interval is { } interval ? $"{NumberText.ShortPercent(interval.Confidence)} {Kind(interval)} {NumberText.Of(interval, Number)}" : null,
            means.P is { } p ? NumberText.Equation(p) : null,
            adjustedP is { } adjusted ? $"p after Holm over {request.Metrics.Count} metrics {NumberText.EqualsP(adjusted)}" : null,
        ];
        return $"{direction} ({string.Join(", ", sureness.Where(s => s is not null))})";
    }

    private static string Kind(Interval interval) => interval is { Low: { }, High: { } } ? "interval" : "bound:";

    private static string Claim(Computed means, double? adjustedP, ComparisonRequest request)
    {
        var claimed = (adjustedP ?? means.P?.Value) <= request.Alpha;
        return (request.Alternative, claimed) switch
        {
            (Alternative.TwoSided, true) => "a difference can be claimed",
            (Alternative.TwoSided, false) => "no difference can be claimed",
            (Alternative.Greater, true) => "it can be claimed that the treatment is higher",
            (Alternative.Greater, false) => "it cannot be claimed that the treatment is higher",
            (_, true) => "it can be claimed that the treatment is lower",
            (_, false) => "it cannot be claimed that the treatment is lower",
        };
    }

    private static string Seen(Detectable detectable)
    {
        if (detectable.Difference is not { } difference)
        {
            return "";
        }

        var share = detectable.ShareOfControlMean is { } of ? $" ({NumberText.ShortPercent(of)} of the control's mean)" : "";
        return $"A real difference of {NumberText.Of(difference)}{share} would have been found in {NumberText.ShortPercent(detectable.Power)} of cases, a larger one more often.";
    }
}
