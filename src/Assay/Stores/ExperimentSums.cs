using Assay.Statistics.Samples;

namespace Assay.Stores;

/// <summary>
/// An experiment in sums. Units seen in more than one variant of the version are in <see cref="InSeveral"/> and nowhere else. The same events give the same
/// bits, in whatever order and however often they arrived.
/// </summary>
/// <param name="Variants">A row for each variant that was seen, in order of its name.</param>
public sealed record ExperimentSums(IReadOnlyList<VariantSums> Variants)
{
    /// <summary>Units seen in more than one variant: counted and left out, with their outcomes.</summary>
    public long InSeveral { get; init; }

    /// <summary>Outcomes of the experiment, of any metric, whose unit was never exposed to this version.</summary>
    public long OutcomesWithoutExposure { get; init; }

    /// <summary>Outcomes of any metric after the attribution window of their unit.</summary>
    public long OutcomesTooLate { get; init; }

    /// <summary>The earliest of the units' first exposures; null when there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The latest of the units' first exposures; null when there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>
    /// Events before this time were deleted; null when none ever were. Of an experiment that began before it, units are missing that were exposed then, and
    /// those exposed again afterwards count from there: such sums are no basis for a decision.
    /// </summary>
    public DateTimeOffset? KeptFrom { get; init; }

    /// <summary>Exposed units by the day (UTC) of their first exposure and by variant, in order of the day and then of the variant's name.</summary>
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
    /// <summary>Per unit with at least one outcome whose value is finite: the mean of its values.</summary>
    public required Moments UnitMeans { get; init; }

    /// <summary>Per exposed unit: the sum of its values above the line (X) and its denominator (Y): for ratios.</summary>
    public required PairMoments Ratio { get; init; }

    /// <summary>Per exposed unit: the sum of its values before its exposure (X) and of those after it (Y): for CUPED. Without a covariate X is 0.</summary>
    public required PairMoments Covariate { get; init; }

    /// <summary>
    /// Per unit with finite outcomes both before its exposure and after it: the mean of those before (X) and of those after (Y): for CUPED of means. Units
    /// without any before are in <see cref="UnitMeans"/> alone.
    /// </summary>
    public required PairMoments MeanCovariate { get; init; }

    /// <summary>Units with at least one outcome whose value is finite and not 0.</summary>
    public required long Positive { get; init; }

    /// <summary>Outcomes within the attribution window, those whose value is not finite included.</summary>
    public required long Outcomes { get; init; }

    /// <summary>Outcomes within the attribution window whose value was not finite: they are in no sum.</summary>
    public required long NotFinite { get; init; }

    /// <summary>Single values; null unless asked for.</summary>
    public QuantileSketch? Values { get; init; }
}
