using Assay.Statistics.Distributions;

namespace Assay.Statistics.Means;

/// <summary>Tests and intervals of an estimate that is divided by its standard error, which is above 0. The null hypothesis is that the truth is 0.</summary>
internal static class Inference
{
    /// <summary>Test and interval by Student's t.</summary>
    public static StatisticResult Student(MethodName method, double estimate, CombinedError error, long n, double alpha, Alternative alternative)
    {
        var test = StudentTest(method, estimate, error, n, alternative);
        return Finish(test, test.P is null ? null : StudentInterval(estimate, error, alpha, alternative));
    }

    /// <summary>An interval by Student's t where there is no claim to test.</summary>
    public static StatisticResult StudentEstimate(MethodName method, double estimate, CombinedError error, long n, double alpha)
    {
        var result = method.Result(estimate, n) with { StandardError = error.StandardError, DegreesOfFreedom = error.DegreesOfFreedom };
        return Finish(result, double.IsFinite(error.StandardError) ? StudentInterval(estimate, error, alpha, Alternative.TwoSided) : null);
    }

    /// <summary>Test and interval by the normal distribution.</summary>
    public static StatisticResult Gauss(MethodName method, double estimate, double standardError, long n, double alpha, Alternative alternative)
    {
        var ratio = Ratio(method, estimate, standardError, n);
        var test = IsInRange(ratio) ? ratio with { P = Normal.Tail(ratio.Statistic!.Value, alternative) } : ratio;
        return Finish(test, test.P is null ? null : NormalInterval(estimate, standardError, alpha, alternative));
    }

    /// <summary>An interval by the normal distribution where there is no claim to test.</summary>
    public static StatisticResult GaussEstimate(MethodName method, double estimate, double standardError, long n, double alpha) =>
        Finish(method.Result(estimate, n) with { StandardError = standardError }, NormalInterval(estimate, standardError, alpha, Alternative.TwoSided));

    /// <summary>The test alone, for a method with an interval of its own; without p when the arithmetic left the range of a double.</summary>
    public static Computed StudentTest(MethodName method, double estimate, CombinedError error, long n, Alternative alternative)
    {
        var ratio = Ratio(method, estimate, error.StandardError, n) with { DegreesOfFreedom = error.DegreesOfFreedom };
        return IsInRange(ratio) ? ratio with { P = StudentT.Tail(ratio.Statistic!.Value, error.DegreesOfFreedom, alternative) } : ratio;
    }

    private static StatisticResult Finish(Computed result, Interval? interval) => (result with { Interval = interval }).OrNotComputable();

    private static Interval StudentInterval(double estimate, CombinedError error, double alpha, Alternative alternative)
    {
        var critical = StudentT.UpperQuantile(Limits.ShareBeyond(alpha, alternative), error.DegreesOfFreedom);
        return Limits.Around(estimate, critical * error.StandardError, alpha, alternative);
    }

    private static Interval NormalInterval(double estimate, double standardError, double alpha, Alternative alternative) =>
        Limits.Around(estimate, Normal.UpperQuantile(Limits.ShareBeyond(alpha, alternative)) * standardError, alpha, alternative);

    private static Computed Ratio(MethodName method, double estimate, double standardError, long n) =>
        method.Result(estimate, n) with
        {
            StandardError = standardError,
            Statistic = estimate / standardError,
        };

    /// <summary>The tails take finite arguments only.</summary>
    private static bool IsInRange(Computed result) => double.IsFinite(result.StandardError!.Value) && double.IsFinite(result.Statistic!.Value);
}
