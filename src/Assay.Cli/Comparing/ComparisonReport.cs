using Assay.Statistics;

namespace Assay.Cli.Comparing;

/// <summary>
/// What <c>assay stats compare</c> found; with <c>--json</c> this is the document. <paramref name="ClustersInBoth"/> counts clusters that have rows in both
/// arms, which the method takes for two each; null in other designs.
/// </summary>
internal sealed record ComparisonReport(
    ArmFile Control,
    ArmFile Treatment,
    Design Design,
    string? DesignColumn,
    double Alpha,
    Alternative Alternative,
    double Power,
    Pairing? Pairing,
    int? ClustersInBoth,
    IReadOnlyList<MetricComparison> Metrics
);

/// <summary>One arm's file.</summary>
internal sealed record ArmFile(string Source, int Rows);

/// <summary>Which ids were found in both files.</summary>
internal sealed record Pairing(int Pairs, UnmatchedIds OnlyControl, UnmatchedIds OnlyTreatment);

/// <summary>Ids without a partner: how many, and the first few.</summary>
internal sealed record UnmatchedIds(int Count, IReadOnlyList<string> Examples);

/// <summary>One column of both files compared. What the design does not allow is null.</summary>
/// <param name="Metric">The column.</param>
/// <param name="Summary">All of it in a sentence or two.</param>
/// <param name="Control">The control's figures.</param>
/// <param name="Treatment">The treatment's figures.</param>
/// <param name="Means">The difference of means by the method that fits the design: the result that the summary speaks of.</param>
/// <param name="AdjustedP">The p-value of <paramref name="Means"/> after Holm's correction for several metrics; null for one.</param>
/// <param name="Detectable">The smallest difference that this many rows find with the power asked for.</param>
/// <param name="Figures">Further figures in the order of the report.</param>
/// <param name="VarianceReduction">The share of the variance that the covariate explained.</param>
internal sealed record MetricComparison(
    string Metric,
    string Summary,
    ArmSummary Control,
    ArmSummary Treatment,
    StatisticResult Means,
    double? AdjustedP,
    Detectable Detectable,
    IReadOnlyList<Figure> Figures,
    double? VarianceReduction
);

/// <summary>A figure beside the difference of means.</summary>
/// <param name="Name">Its name in snake case: <c>p95_difference</c>.</param>
/// <param name="Scale">What it is measured in.</param>
/// <param name="Result">The figure.</param>
internal sealed record Figure(string Name, FigureScale Scale, StatisticResult Result);

/// <summary>What a figure is measured in.</summary>
internal enum FigureScale
{
    /// <summary>The metric's own unit.</summary>
    Metric,

    /// <summary>A share of 1.</summary>
    Share,

    /// <summary>Standard deviations.</summary>
    StandardDeviations,
}

/// <summary>One arm of one metric.</summary>
/// <param name="N">Values.</param>
/// <param name="Empty">Cells that were empty and passed over.</param>
/// <param name="Mean">The mean; null without values.</param>
/// <param name="StandardDeviation">The standard deviation; null below two values.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
internal sealed record ArmSummary(long N, long Empty, double? Mean, double? StandardDeviation, double? P50, double? P95, double? P99);

/// <summary>The smallest difference of means that would have been found.</summary>
/// <param name="Difference">In the metric's unit; null when it cannot be said.</param>
/// <param name="ShareOfControlMean">The same as a share of the control's mean; null when that is 0.</param>
/// <param name="Power">How often it would have been found, 0 to 1.</param>
internal sealed record Detectable(double? Difference, double? ShareOfControlMean, double Power);
