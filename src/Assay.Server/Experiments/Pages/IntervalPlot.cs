using System.Globalization;
using Assay.Experimentation.Analysis;

namespace Assay.Server.Experiments.Pages;

/// <summary>
/// A difference against its margin as coordinates in percent. Metrics of different units share one axis: each is divided by its margin, or by the smallest effect
/// worth finding, and turned so that right is better; "no change" and the margin are then lines through all rows.
/// </summary>
/// <param name="Dot">The estimate.</param>
/// <param name="From">The left end of the interval.</param>
/// <param name="To">The right end.</param>
/// <param name="HasFrom">Whether the left end is within the drawing and bounded: it has a cap.</param>
/// <param name="HasTo">The same of the right end.</param>
public sealed record IntervalPlot(string Dot, string From, string To, bool HasFrom, bool HasTo)
{
    /// <summary>Where "no change" stands.</summary>
    public const string ZeroAt = "40%";

    /// <summary>Where every margin stands.</summary>
    public const string MarginAt = "20%";

    private const double Zero = 40;
    private const double Margin = 20;
    private const double Least = 1;
    private const double Most = 99;

    // Without margin and smallest effect a row has a scale of its own: its furthest end lies here.
    private const double Reach = 2.5;

    /// <summary>The drawing; null without an estimate.</summary>
    internal static IntervalPlot? Of(MetricReport metric, ArmComparison row) =>
        row.Difference.Estimate is { } estimate ? Of(estimate, row.Difference.Low, row.Difference.High, metric.IsLowerBetter, ScaleOf(metric, row)) : null;

    /// <summary>The drawing of a difference whose margin is known.</summary>
    /// <param name="estimate">The difference.</param>
    /// <param name="low">The low end of its interval; null when unbounded.</param>
    /// <param name="high">The high end.</param>
    /// <param name="isLowerBetter">Which way is good.</param>
    /// <param name="margin">What is accepted, above 0; null for none: then the row has a scale of its own.</param>
    internal static IntervalPlot Of(double estimate, double? low, double? high, bool isLowerBetter, double? margin)
    {
        var scale = margin is > 0 and var known ? known : OwnScale(estimate, low, high);
        var sign = isLowerBetter ? -1 : 1;
        var (left, right) = sign > 0 ? (low, high) : (-high, -low);
        var (from, to) = (At(left / scale, Least), At(right / scale, Most));
        return new IntervalPlot(
            Text(Math.Clamp(At(sign * estimate / scale, Zero), Least, Most)),
            Text(Math.Clamp(from, Least, Most)),
            Text(Math.Clamp(to, Least, Most)),
            left is not null && from >= Least,
            right is not null && to <= Most
        );
    }

    private static double ScaleOf(MetricReport metric, ArmComparison row)
    {
        if (row.Limit is { } limit && Math.Abs(limit) > 0)
        {
            return Math.Abs(limit);
        }

        var own = OwnScale(row.Difference.Estimate, row.Difference.Low, row.Difference.High);
        return metric.MinimalEffect is { } least && own <= least ? least : own;
    }

    private static double OwnScale(params ReadOnlySpan<double?> values)
    {
        var furthest = 0d;
        foreach (var value in values)
        {
            furthest = Math.Max(furthest, Math.Abs(value ?? 0));
        }

        return furthest > 0 ? furthest / Reach : 1;
    }

    private static double At(double? scaled, double unbounded) => scaled is { } known ? Zero + (known * Margin) : unbounded;

    private static string Text(double place) => place.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
