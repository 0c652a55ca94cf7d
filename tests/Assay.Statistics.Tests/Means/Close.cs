namespace Assay.Statistics.Tests.Means;

/// <summary>Comparison of figures by relative error, and short ways to what a result must be.</summary>
internal static class Close
{
    public static void ShouldBeNear(this double actual, double expected, double relative = 1e-12) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(Math.Max(relative * Math.Abs(expected), 1e-15), $"{actual:R} is not {expected:R}");

    public static void ShouldBeNear(this double? actual, double expected, double relative = 1e-12) => actual.ShouldNotBeNull().ShouldBeNear(expected, relative);

    public static Computed Value(this StatisticResult result) => result.AsComputed.ShouldNotBeNull((result as NotComputable)?.Reason);

    public static string Reason(this StatisticResult result) => result.ShouldBeOfType<NotComputable>().Reason;
}
