using Assay.Statistics;
using Assay.Statistics.Planning;

namespace Assay.Cli.Comparing;

/// <summary>
/// What a comparison could have seen: the difference whose t statistic, noncentral with the comparison's degrees of freedom, passes the test as often
/// as was asked. It takes the standard error found as the true one. Of several metrics each is counted as the first that Holm's correction lets through, at
/// α by their number: what is found after others is found at a smaller difference.
/// </summary>
internal static class Detection
{
    public static Detectable Of(StatisticResult means, ArmFigures control, ComparisonRequest request)
    {
        var difference = means is Computed { StandardError: { } error, DegreesOfFreedom: { } degrees } ? error * Shift(degrees, request) : null;
        var mean = Math.Abs(control.Moments.Mean);
        return new Detectable(difference, difference is { } d && mean > 0 ? d / mean : null, request.Power);
    }

    /// <summary>The difference in standard errors. A t test with f degrees of freedom is that of f + 1 pairs, whose effect is a share of √(f + 1) standard errors.</summary>
    private static double? Shift(double degrees, ComparisonRequest request) =>
        PairedPower.DetectableEffect(degrees + 1, request.Alpha / request.Metrics.Count, request.Power, request.Alternative) is PowerPlan plan
            ? Math.Abs(plan.Effect) * Math.Sqrt(degrees + 1)
            : null;
}
