namespace Assay.Statistics.Tests.Rates;

/// <summary>How results are held against reference figures: to a share of the figure, 1e-12 unless said.</summary>
internal static class Figures
{
    public static void ShouldAgree(this double actual, double expected, double relative = 1e-12) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(Math.Max(relative * Math.Abs(expected), 1e-300), $"{actual:R} against {expected:R}");

    public static void ShouldAgree(this double? actual, double expected, double relative = 1e-12) => actual.ShouldNotBeNull().ShouldAgree(expected, relative);

    public static void ShouldSpan(this Interval? interval, double? low, double? high, double confidence, double relative = 1e-12)
    {
        var ends = interval.ShouldNotBeNull();
        End(ends.Low, low, relative);
        End(ends.High, high, relative);
        ends.Confidence.ShouldAgree(confidence);
    }

    public static Computed Answer(this StatisticResult result) => result.ShouldBeOfType<Computed>();

    public static string Refusal(this StatisticResult result) => result.ShouldBeOfType<NotComputable>().Reason;

    public static void ShouldSay(this AssayException refusal, string problem, string fix)
    {
        refusal.Message.ShouldBe(problem);
        refusal.Fix.ShouldBe(fix);
    }

    private static void End(double? actual, double? expected, double relative)
    {
        if (expected is { } figure)
        {
            actual.ShouldAgree(figure, relative);
        }
        else
        {
            actual.ShouldBeNull();
        }
    }
}
