using Assay.Experimentation.Analysis.Comparisons;
using Assay.Statistics;

namespace Assay.Experimentation.Analysis;

/// <summary>A difference, treatment − control, as a report tells it. Every number is finite; what there is none of is null.</summary>
/// <param name="Estimate">The difference, in the metric's unit.</param>
/// <param name="Low">Its interval's lower end; null when unbounded or none.</param>
/// <param name="High">The upper end.</param>
/// <param name="Confidence">The interval's confidence, 0 to 1.</param>
/// <param name="Method">How it was computed.</param>
/// <param name="N">Units that took part, over both arms.</param>
internal sealed record Figure(double? Estimate, double? Low, double? High, double Confidence, string Method, long N)
{
    /// <summary>The p-value before any correction; null when there is none or it must not be told yet.</summary>
    public double? P { get; init; }

    /// <summary>Why there is no figure, as half a sentence; null when there is one.</summary>
    public string? Lack { get; init; }

    /// <summary>The figure of a comparison.</summary>
    public static Figure Of(Comparison comparison, Func<Comparison, StatisticResult> test, double alpha)
    {
        var result = test(comparison);
        if (result is NotComputable not)
        {
            return Missing(not.Method, not.Reason, alpha);
        }

        var computed = result.AsComputed!;
        return new Figure(
            computed.Estimate,
            computed.Interval?.Low - comparison.Inexact,
            computed.Interval?.High + comparison.Inexact,
            1 - alpha,
            MethodOf(result.Method, comparison.Of),
            computed.N
        )
        {
            P = (comparison.Inexact == 0 ? computed : test(comparison.AtWorst()).AsComputed)?.P?.Value,
        };
    }

    /// <summary>No figure, and why.</summary>
    public static Figure Missing(string method, string reason, double alpha) => new(null, null, null, 1 - alpha, method, 0) { Lack = reason };

    /// <summary>The method with what it compared.</summary>
    public static string MethodOf(string method, string of) => of.Length == 0 ? method : $"{method}: {of}";
}
