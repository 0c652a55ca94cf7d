using Assay.Statistics.Distributions;

namespace Assay.Statistics.Means;

/// <summary>Tests and intervals of an estimate that is divided by its standard error, which is above 0. The null hypothesis is that the truth is 0.</summary>
internal static class Inference
{
    /// <summary>Test and interval by Student's t.</summary>
    public static StatisticResult Student(MethodName method, double estimate, CombinedError error, long n, double alpha, Alternative alternative) =>
        IsInRange(estimate, error.StandardError)
            ? StudentTest(method, estimate, error, n, alternative, StudentInterval(estimate, error, alpha, alternative)).OrNotComputable()
            : OutOfRange(method);

    /// <summary>An interval by Student's t where there is no claim to test.</summary>
    public static StatisticResult StudentEstimate(MethodName method, double estimate, CombinedError error, long n, double alpha) =>
        IsInRange(estimate, error.StandardError)
            ? (
                method.Result(estimate, n) with
                {
                    StandardError = error.StandardError,
                    DegreesOfFreedom = error.DegreesOfFreedom,
                    Interval = StudentInterval(estimate, error, alpha, Alternative.TwoSided),
                }
            ).OrNotComputable()
            : OutOfRange(method);

    /// <summary>Test and interval by the normal distribution.</summary>
    public static StatisticResult Gauss(MethodName method, double estimate, double standardError, long n, double alpha, Alternative alternative) =>
        IsInRange(estimate, standardError)
            ? (
                method.Result(estimate, n) with
                {
                    StandardError = standardError,
                    Statistic = estimate / standardError,
                    P = Normal.Tail(estimate / standardError, alternative),
                    Interval = NormalInterval(estimate, standardError, alpha, alternative),
                }
            ).OrNotComputable()
            : OutOfRange(method);

    /// <summary>An interval by the normal distribution where there is no claim to test.</summary>
    public static StatisticResult GaussEstimate(MethodName method, double estimate, double standardError, long n, double alpha) =>
        (
            method.Result(estimate, n) with
            {
                StandardError = standardError,
                Interval = NormalInterval(estimate, standardError, alpha, Alternative.TwoSided),
            }
        ).OrNotComputable();

    /// <summary>Student's t test with an interval that the method made itself; for figures that are in range.</summary>
    public static Computed StudentTest(MethodName method, double estimate, CombinedError error, long n, Alternative alternative, Interval interval) =>
        method.Result(estimate, n) with
        {
            StandardError = error.StandardError,
            Statistic = estimate / error.StandardError,
            DegreesOfFreedom = error.DegreesOfFreedom,
            P = StudentT.Tail(estimate / error.StandardError, error.DegreesOfFreedom, alternative),
            Interval = interval,
        };

    /// <summary>Whether the tails can be asked: they take finite arguments only.</summary>
    public static bool IsInRange(double estimate, double standardError) => double.IsFinite(standardError) && double.IsFinite(estimate / standardError);

    /// <summary>What a result says when the arithmetic left the range of a double.</summary>
    public static StatisticResult OutOfRange(MethodName method) => method.Result(double.NaN, 0).OrNotComputable();

    private static Interval StudentInterval(double estimate, CombinedError error, double alpha, Alternative alternative)
    {
        var critical = StudentT.UpperQuantile(Limits.ShareBeyond(alpha, alternative), error.DegreesOfFreedom);
        return Limits.Around(estimate, critical * error.StandardError, alpha, alternative);
    }

    private static Interval NormalInterval(double estimate, double standardError, double alpha, Alternative alternative) =>
        Limits.Around(estimate, Normal.UpperQuantile(Limits.ShareBeyond(alpha, alternative)) * standardError, alpha, alternative);
}
