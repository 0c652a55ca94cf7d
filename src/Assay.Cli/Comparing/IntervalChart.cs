using System.Globalization;
using Assay.Statistics;

namespace Assay.Cli.Comparing;

/// <summary>
/// Confidence intervals as lines of text on one scale around 0. The scale holds the first interval four times over at most; what lies beyond ends
/// in an arrow, so that a wide interval of a far quantile does not flatten the others.
/// </summary>
internal static class IntervalChart
{
    private const int LabelWidth = 22;

    // Odd, so that 0 has a column of its own.
    private const int PlotWidth = 57;
    private const double MostTimesFirst = 4;

    public static IEnumerable<string> Lines(IReadOnlyList<(string Label, Computed Result)> rows)
    {
        var drawn = rows.Where(r => r.Result.Interval is not null).ToList();
        var reach = Reach(drawn.Select(r => r.Result));
        return reach > 0 ? drawn.Select(r => r.Label.PadRight(LabelWidth) + Bar(r.Result, reach)).Prepend(Axis(reach)) : [];
    }

    private static double Reach(IEnumerable<Computed> results)
    {
        var ends = results.Select(FarEnd).ToList();
        return ends.Count == 0 ? 0 : RoundUp(Math.Min(ends.Max(), ends[0] > 0 ? MostTimesFirst * ends[0] : double.MaxValue));
    }

    private static double FarEnd(Computed result)
    {
        double?[] places = [result.Interval?.Low, result.Interval?.High, result.Estimate];
        return places.Max(p => Math.Abs(p ?? 0));
    }

    /// <summary>To 1, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten.</summary>
    private static double RoundUp(double reach)
    {
        if (reach <= 0)
        {
            return 0;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(reach)));
        double[] steps = [1, 2, 2.5, 3, 4, 5, 6, 8];
        return steps.Select(s => s * power).Where(s => s >= reach).Append(10 * power).First();
    }

    private static string Axis(double reach)
    {
        var high = reach is >= 1e-4 and < 1e7
            ? reach.ToString("#,0.######", CultureInfo.InvariantCulture)
            : reach.ToString("0.##e+0", CultureInfo.InvariantCulture);
        var right = PlotWidth - (PlotWidth / 2) - 1;
        return new string(' ', LabelWidth) + $"-{high}".PadRight(PlotWidth / 2) + "0" + high.PadLeft(right);
    }

    private static string Bar(Computed result, double reach)
    {
        var (low, high) = (result.Interval!.Value.Low, result.Interval.Value.High);
        var (from, to) = (Column(low ?? -double.MaxValue, reach), Column(high ?? double.MaxValue, reach));
        var bar = new string(' ', PlotWidth).ToCharArray();
        for (var column = Math.Max(0, from); column <= Math.Min(PlotWidth - 1, to); column++)
        {
            bar[column] = '─';
        }

        bar[PlotWidth / 2] = bar[PlotWidth / 2] == '─' ? '┼' : '│';
        Mark(bar, from, '├');
        Mark(bar, to, '┤');
        if (Column(result.Estimate, reach) is >= 0 and < PlotWidth and var estimate)
        {
            bar[estimate] = '●';
        }

        return new string(bar).TrimEnd();
    }

    /// <summary>An end of the interval, or an arrow at the edge that it lies beyond.</summary>
    private static void Mark(char[] bar, int column, char end)
    {
        var (at, mark) = column switch
        {
            < 0 => (0, '◄'),
            >= PlotWidth => (PlotWidth - 1, '►'),
            _ => (column, end),
        };
        bar[at] = mark;
    }

    private static int Column(double value, double reach) =>
        value < -reach ? -1
        : value > reach ? PlotWidth
        : (int)Math.Round((value + reach) / (2 * reach) * (PlotWidth - 1), MidpointRounding.AwayFromZero);
}
