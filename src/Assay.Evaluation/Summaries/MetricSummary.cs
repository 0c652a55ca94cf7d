using Assay.Evaluation.Metrics;
using Assay.Statistics;

namespace Assay.Evaluation.Summaries;

/// <summary>What a run says of one metric. A case counts once, with the mean over its repeats.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Fingerprint">What shapes its values, as a hash.</param>
/// <param name="Scale">What its numbers mean.</param>
public sealed record MetricSummary(string Name, string Fingerprint, MetricScale Scale)
{
    /// <summary>Cases with a value.</summary>
    public int N { get; init; }

    /// <summary>Clusters that those cases come from; as many as cases when all are independent.</summary>
    public int Clusters { get; init; }

    /// <summary>Cases that lack what the metric needs; they count neither for nor against.</summary>
    public int NotApplicable { get; init; }

    /// <summary>Measurements that failed, repeats counted.</summary>
    public int Errors { get; init; }

    /// <summary>Cases that should have a value and have none: measuring or the target failed in every repeat, or the case was not asked yet.</summary>
    public int Missing { get; init; }

    /// <summary>The mean over cases with its 95 % interval, cluster-robust when cases share clusters; the reason when there is none.</summary>
    public required StatisticResult Mean { get; init; }

    /// <summary>The interval of <see cref="Mean"/> within the range of the metric; null when there is none.</summary>
    internal Interval? Bounds => Mean.AsComputed?.Interval is { } ends ? Scale.Within(ends) : null;

    /// <summary>Why the first measurement in the order of the dataset failed; null when none did.</summary>
    internal string? FirstError { get; init; }

    /// <summary>The mean over cases; null without cases. It is there when <see cref="Mean"/> has no interval.</summary>
    public double? Average { get; init; }

    /// <summary>The standard deviation between cases; null below two.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The smallest and the greatest value; null without cases.</summary>
    public ValueRange? Range { get; init; }

    /// <summary>The share of cases at 1 with Wilson's 95 % interval, when every value is 0 or 1 and cases are independent; else null.</summary>
    public StatisticResult? Share { get; init; }

    /// <summary>P50, P90, P95 and P99 over cases.</summary>
    public IReadOnlyList<QuantileSummary> Quantiles { get; init; } = [];

    /// <summary>How the variance splits between cases and repeats; null when each case was asked once.</summary>
    public VarianceSplit? Repeats { get; init; }

    /// <summary>Whether its values change from one execution to the next with the same answers: reports keep it apart.</summary>
    public bool IsTimed => Scale.Unit == "ms";
}

/// <summary>From the smallest to the greatest.</summary>
public sealed record ValueRange(double Min, double Max);

/// <summary>A quantile over cases.</summary>
/// <param name="Share">The share of cases below: 0.95 for P95.</param>
/// <param name="Value">The quantile; null without cases.</param>
/// <param name="Interval">Its 95 % interval by order statistics; null when there are too few cases for one, or when cases share clusters.</param>
public sealed record QuantileSummary(double Share, double? Value, Interval? Interval);

/// <summary>Where the differences between measurements come from.</summary>
/// <param name="Means">The mean over cases for each repeat, the first first: what each of them alone would have reported; null where a repeat has no value.</param>
/// <param name="BetweenCases">The variance of the cases' true values, as estimated; 0 when repeats explain all.</param>
/// <param name="WithinCases">The variance of repeats of one case.</param>
/// <param name="RunDeviation">The standard deviation of <paramref name="Means"/>: how far one run's mean differs from another's by chance; null below two.</param>
public sealed record VarianceSplit(IReadOnlyList<double?> Means, double BetweenCases, double WithinCases, double? RunDeviation);
