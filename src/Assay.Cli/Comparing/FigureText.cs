using Assay.Cli.Showing;
using Assay.Statistics;

namespace Assay.Cli.Comparing;

/// <summary>One line of the table of figures: label, estimate, interval, p-value; or the reason why there is none.</summary>
internal static class FigureText
{
    public const string Heading = "                              estimate  interval                              p";

    private const int LabelWidth = 26;
    private const int EstimateWidth = 12;
    private const int IntervalWidth = 28;
    private const int Width = 80;

    public static IEnumerable<string> Lines(string label, FigureScale scale, StatisticResult result) =>
        result switch
        {
            Computed computed => [Line(label, scale, computed)],
            NotComputable not => Reason(label, not.Reason),
            _ => throw new InvalidOperationException($"No line for {result.GetType().Name}."),
        };

    private static string Line(string label, FigureScale scale, Computed result)
    {
        var uncertainty = NumberText.Uncertainty(result);
        string Number(double value) => scale == FigureScale.Share ? Percent(value, uncertainty) : NumberText.Fit(value, uncertainty, EstimateWidth + 1);
        var interval = result.Interval is { } given ? NumberText.Of(given, Number) : "";
        var p = result.P is { } found ? NumberText.Of(found) : "";
        return $"{label.PadRight(LabelWidth)}{Number(result.Estimate), EstimateWidth}  {interval.PadRight(IntervalWidth)}{p, 11}".TrimEnd();
    }

    private static string Percent(double share, double uncertainty) => NumberText.Fit(100 * share, 100 * uncertainty, EstimateWidth - 1) + " %";

    private static IEnumerable<string> Reason(string label, string reason) =>
        PassageView.Wrap($"not computable: {reason}", Width - LabelWidth - 2).Select((line, i) => $"{(i == 0 ? label : "").PadRight(LabelWidth)}  {line}");
}
