using System.Globalization;
using Assay.Evaluation.Comparing;

namespace Assay.Server.Benchmarks;

/// <summary>A difference and its interval as coordinates in percent: no change in the middle, right is better, each row with a scale of its own.</summary>
/// <param name="Dot">The difference.</param>
/// <param name="From">The left end of the interval; the dot's where there is none.</param>
/// <param name="To">The right end.</param>
/// <param name="HasInterval">Whether there is an interval.</param>
internal sealed record DifferencePlot(string Dot, string From, string To, bool HasInterval)
{
    /// <summary>Where no change stands.</summary>
    public const string ZeroAt = "50%";

    private const double Middle = 50;
    private const double Reach = 44;

    /// <summary>The drawing; null without a difference.</summary>
    public static DifferencePlot? Of(MetricComparison metric)
    {
        if ((metric.Difference.AsComputed?.Estimate ?? metric.CandidateMean - metric.BaselineMean) is not { } difference)
        {
            return null;
        }

        var interval = metric.Difference.AsComputed?.Interval;
        var sign = metric.HigherIsBetter ? 1 : -1;
        var ends = new[] { interval?.Low ?? difference, difference, interval?.High ?? difference }.Select(v => sign * v).Order().ToArray();
        var furthest = ends.Max(Math.Abs);
        return new DifferencePlot(
            Place(sign * difference, furthest),
            Place(ends[0], furthest),
            Place(ends[^1], furthest),
            interval is not null && ends[^1] > ends[0]
        );
    }

    private static string Place(double distance, double furthest) =>
        (Middle + (furthest > 0 ? distance / furthest * Reach : 0)).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
