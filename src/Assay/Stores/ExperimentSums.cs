using Assay.Statistics.Samples;

namespace Assay.Stores;

/// <summary>An experiment in sums. Units seen in more than one variant are in <see cref="InSeveral"/> and nowhere else.</summary>
/// <param name="Variants">A row for each variant that was seen, in order of its name.</param>
public sealed record ExperimentSums(IReadOnlyList<VariantSums> Variants)
{
    /// <summary>Units seen in more than one variant: counted and left out.</summary>
    public long InSeveral { get; init; }

    /// <summary>Outcomes whose unit was never exposed to this version.</summary>
    public long OutcomesWithoutExposure { get; init; }

    /// <summary>Outcomes after the attribution window of their unit.</summary>
    public long OutcomesTooLate { get; init; }

    /// <summary>The first exposure; null when there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The last exposure; null when there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>Exposed units by day (UTC) and variant, in order of the day.</summary>
    public IReadOnlyList<ExposedUnits> ByDay { get; init; } = [];
}

/// <summary>Units whose first exposure was on a day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Units">How many.</param>
public sealed record ExposedUnits(DateOnly Day, string Variant, long Units);

/// <summary>The sums of one variant.</summary>
/// <param name="Variant">Its name.</param>
/// <param name="Units">Units exposed to it and to no other.</param>
/// <param name="Metrics">One for each metric of the query, in its order.</param>
public sealed record VariantSums(string Variant, long Units, IReadOnlyList<MetricSums> Metrics);

/// <summary>The sums of one metric in one variant; every exposed unit takes part, one without outcomes with 0 outcomes and the sum 0.</summary>
/// <param name="Metric">Its name.</param>
public sealed record MetricSums(string Metric)
{
    /// <summary>Per unit with at least one outcome: the mean of its values.</summary>
    public required Moments UnitMeans { get; init; }

    /// <summary>Per exposed unit: the sum of its values above the line (X) and its denominator (Y): for ratios.</summary>
    public required PairMoments Ratio { get; init; }

    /// <summary>Per exposed unit: the sum of its values before its exposure (X) and of those after it (Y): for CUPED. Without a covariate X is 0.</summary>
    public required PairMoments Covariate { get; init; }

    /// <summary>Units with at least one outcome whose value is not 0.</summary>
    public required long Positive { get; init; }

    /// <summary>Outcomes.</summary>
    public required long Outcomes { get; init; }

    /// <summary>Outcomes whose value was not finite.</summary>
    public required long NotFinite { get; init; }

    /// <summary>Single values; null unless asked for.</summary>
    public QuantileSketch? Values { get; init; }
}
