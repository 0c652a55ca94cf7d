using System.Globalization;
using Assay.Evaluation.Reports;

namespace Assay.Server.Benchmarks;

/// <summary>
/// A gate's interval against its limit as coordinates in percent: every limit falls on one line, right is better, and each row has a scale of its own.
/// </summary>
/// <param name="Dot">The estimate.</param>
/// <param name="From">The left end of the interval; the dot's where there is none.</param>
/// <param name="To">The right end.</param>
/// <param name="HasInterval">Whether there is an interval.</param>
internal sealed record GatePlot(string Dot, string From, string To, bool HasInterval)
{
    /// <summary>Where the limit stands.</summary>
    public const string LimitAt = "50%";

    private const double Middle = 50;

    // Room for the caps at both sides.
    private const double Reach = 44;

    /// <summary>The drawing; null without an estimate.</summary>
    public static GatePlot? Of(ReportGate gate)
    {
        if (gate.Estimate is not { } estimate)
        {
            return null;
        }

        var sign = gate.Threshold.Side == ThresholdSide.AtLeast ? 1 : -1;
        var (low, high) = (gate.Interval?.Low ?? estimate, gate.Interval?.High ?? estimate);
        var ends = new[] { low, estimate, high }.Select(v => sign * (v - gate.Threshold.Value)).Order().ToArray();
        var furthest = ends.Max(Math.Abs);
        var at = sign * (estimate - gate.Threshold.Value);
        return new GatePlot(Place(at, furthest), Place(ends[0], furthest), Place(ends[^1], furthest), gate.Interval is not null && high > low);
    }

    private static string Place(double distance, double furthest) =>
        (Middle + (furthest > 0 ? distance / furthest * Reach : 0)).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
