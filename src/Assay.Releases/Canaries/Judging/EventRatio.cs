using Assay.Statistics;
using Assay.Statistics.Sequential;

namespace Assay.Releases.Canaries.Judging;

/// <summary>
/// How often something happens in the canary, against control: the ratio of both rates from the events alone. Given which requests went where, an event
/// is the canary's with a probability that is known when both arms are alike; requests without replacement spread less than that (Hoeffding 1963), so the
/// test is exact at any rate, and sharpest for rare events.
/// </summary>
/// <param name="ControlEvents">Events of control.</param>
/// <param name="CanaryEvents">Events of the canary.</param>
/// <param name="Share">The canary's share of the events if both arms are alike, between 0 and 1.</param>
internal readonly record struct EventRatio(long ControlEvents, long CanaryEvents, double Share)
{
    /// <summary>
    /// Events of both arms at which the bounds are narrowest. Fixed before any look; a canary that matters is found with some ten events of its own, and
    /// ten times as many are control's.
    /// </summary>
    private const long Tuning = 100;

    public static EventRatio Of(double controlEvents, double canaryEvents, double share) =>
        new((long)Math.Round(controlEvents), (long)Math.Round(canaryEvents), Math.Clamp(share, 1e-9, 1 - 1e-9));

    /// <summary>The least ratio; 0 without an event of the canary.</summary>
    public double Low(double alpha) => Bound(alpha, Alternative.Greater)?.Low ?? 0;

    /// <summary>The largest ratio; null when unbounded.</summary>
    public double? High(double alpha) => Bound(alpha, Alternative.Less)?.High;

    private Interval? Bound(double alpha, Alternative side) =>
        RateRatioSequence.Compare(ControlEvents, CanaryEvents, Share, alpha, side, Tuning).AsComputed?.Interval;
}
