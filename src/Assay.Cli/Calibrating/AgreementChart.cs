using System.Globalization;
using Assay.Cli.Showing;
using Assay.Evaluation.Judges.Calibrations;

namespace Assay.Cli.Calibrating;

/// <summary>Figures of agreement with their intervals as lines of text, on one scale: from −1 to 1, or from 0 to 1 for shares.</summary>
internal static class AgreementChart
{
    private const int LabelWidth = 26;

    // Odd, so that the middle has a column of its own.
    private const int PlotWidth = 23;

    public static string Heading(string title, bool isShare)
    {
        var (low, middle, high) = isShare ? ("0", "0.5", "1") : ("-1", "0", "1");
        var side = (PlotWidth - middle.Length) / 2;
        return title.Length > LabelWidth + 6
            ? title
            : $"{title, -LabelWidth}{"n", 6} figure  {"95 %", -14}  {low.PadRight(side)}{middle}{high.PadLeft(PlotWidth - side - middle.Length)}";
    }

    public static IEnumerable<string> Lines(AgreementFigure figure, bool isShare)
    {
        var label = "  " + (figure.Between.Length > LabelWidth - 3 ? figure.Between[..(LabelWidth - 4)] + "…" : figure.Between);
        if (figure.Estimate is not { } estimate)
        {
            return PassageView
                .Wrap($"not computable: {figure.Reason}", 80 - LabelWidth - 8)
                .Select((line, i) => (i == 0 ? Start(label, figure.N) : new string(' ', LabelWidth + 6)) + "  " + line);
        }

        var interval = figure is { Low: { } low, High: { } high } ? Text($"{low:0.00;-0.00} to {high:0.00;-0.00}") : "";
        return [$"{Start(label, figure.N)} {Text($"{estimate:0.00;-0.00}"), 6}  {interval, -14}  {Bar(figure, estimate, isShare)}".TrimEnd()];
    }

    private static string Start(string label, long n) => label.PadRight(LabelWidth) + n.ToString("#,0", CultureInfo.InvariantCulture).PadLeft(6);

    private static string Bar(AgreementFigure figure, double estimate, bool isShare)
    {
        var bar = new string(' ', PlotWidth).ToCharArray();
        bar[PlotWidth / 2] = '│';
        if (figure is { Low: { } low, High: { } high })
        {
            var (from, to) = (Column(low, isShare), Column(high, isShare));
            for (var column = from; column <= to; column++)
            {
                bar[column] = column == PlotWidth / 2 ? '┼' : '─';
            }

            (bar[from], bar[to]) = ('├', '┤');
        }

        bar[Column(estimate, isShare)] = '●';
        return new string(bar);
    }

    private static int Column(double value, bool isShare)
    {
        var share = isShare ? value : (value + 1) / 2;
        return (int)Math.Round(Math.Clamp(share, 0, 1) * (PlotWidth - 1), MidpointRounding.AwayFromZero);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
