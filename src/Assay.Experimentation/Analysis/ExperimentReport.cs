using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Health;
using Assay.Experimentation.Analysis.Looks;
using Assay.Stores;

namespace Assay.Experimentation.Analysis;

/// <summary>What a look at an experiment came to. Its JSON is versioned by <see cref="Schema"/>.</summary>
internal sealed record ExperimentReport
{
    /// <summary>The shape of the JSON.</summary>
    public string Schema { get; init; } = "assay.experiment/1";

    /// <summary>The experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>What was expected.</summary>
    public required string Hypothesis { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The first exposure that is stored; null when there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The last exposure.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>When it began, as far as the store or any remembered look knows; null when there was no unit.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>Events before this time were deleted; null when none ever were.</summary>
    public DateTimeOffset? KeptFrom { get; init; }

    /// <summary>How it is decided.</summary>
    public required MethodReport Method { get; init; }

    /// <summary>The decision.</summary>
    public required ExperimentDecision Decision { get; init; }

    /// <summary>The decision as a verdict: ship passes, roll back fails, everything else is inconclusive or has no data.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the decision still needs; empty when nothing.</summary>
    public required IReadOnlyList<Need> Needs { get; init; }

    /// <summary>The arms, in the order of the file.</summary>
    public required IReadOnlyList<ArmReport> Arms { get; init; }

    /// <summary>Whether the data can be trusted, the worst first.</summary>
    public required IReadOnlyList<HealthCheck> Health { get; init; }

    /// <summary>Guardrails, goals and what else is told, in this order.</summary>
    public required IReadOnlyList<MetricReport> Metrics { get; init; }

    /// <summary>New units a day; null when unknown.</summary>
    public double? UnitsPerDay { get; init; }

    /// <summary>Units by the day of their first exposure.</summary>
    public required IReadOnlyList<ExposedUnits> ByDay { get; init; }

    /// <summary>This look and those before it, the oldest first.</summary>
    public required IReadOnlyList<ExperimentLook> Looks { get; init; }

    /// <summary>Units of all arms.</summary>
    public long Units => Arms.Sum(a => a.Units);
}

/// <summary>How an experiment is decided.</summary>
/// <param name="IsSequential">At any look; otherwise once, at the planned size.</param>
/// <param name="Alpha">The accepted share of false alarms.</param>
/// <param name="Power">The wanted chance to see the minimal effect.</param>
/// <param name="Correction">The correction of goals; null for none.</param>
/// <param name="UnitsPerArm">The planned size; null when there is none.</param>
/// <param name="LeastUnitsPerArm">Below it nothing is decided.</param>
internal sealed record MethodReport(bool IsSequential, double Alpha, double Power, string? Correction, long? UnitsPerArm, long LeastUnitsPerArm);

/// <summary>An arm.</summary>
/// <param name="Variant">Its name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Weight">Its share of the units, percent.</param>
/// <param name="Units">Its units; those seen in several arms are in none.</param>
/// <param name="IsControl">Whether the others are compared with it.</param>
internal sealed record ArmReport(string Variant, string Description, double Weight, long Units, bool IsControl)
{
    /// <summary>What is to be done with it; null for control, and where the data cannot be trusted.</summary>
    public ArmDecision? Decision { get; init; }
}

/// <summary>A metric.</summary>
/// <param name="Metric">The name of the outcomes.</param>
/// <param name="Kind">What of them is compared.</param>
/// <param name="Role">What it is for.</param>
/// <param name="IsLowerBetter">Which way is good.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Arms">Its figures, an arm each.</param>
/// <param name="Comparisons">Each treatment with control.</param>
internal sealed record MetricReport(
    string Metric,
    string Kind,
    MetricRole Role,
    bool IsLowerBetter,
    string Unit,
    IReadOnlyList<ArmFigure> Arms,
    IReadOnlyList<ArmComparison> Comparisons
)
{
    /// <summary>The smallest effect worth finding; null when nobody said.</summary>
    public double? MinimalEffect { get; init; }

    /// <summary>How many units see the smallest effect; null when nobody said which that is, and while control shows too little.</summary>
    public SizePlan? Plan { get; init; }

    /// <summary>The metric with its kind: <c>latency_ms p95</c>.</summary>
    public string Title => $"{Metric} {Kind}";
}

/// <summary>A metric in one arm.</summary>
/// <param name="Variant">The arm.</param>
/// <param name="Value">Its figure; null when there is none.</param>
/// <param name="Units">The arm's units.</param>
/// <param name="UnitsWithOutcome">Those with at least one outcome.</param>
/// <param name="Outcomes">Outcomes.</param>
/// <param name="NotFinite">Outcomes whose value was NaN or infinite.</param>
/// <param name="Bars">How single values are distributed; empty without a sketch.</param>
internal sealed record ArmFigure(
    string Variant,
    double? Value,
    long Units,
    long UnitsWithOutcome,
    long Outcomes,
    long NotFinite,
    IReadOnlyList<DistributionBar> Bars
);

/// <summary>A share of the values, between two of them.</summary>
/// <param name="From">From here.</param>
/// <param name="To">To here.</param>
/// <param name="Share">Of all values, 0 to 1.</param>
internal sealed record DistributionBar(double From, double To, double Share);

/// <summary>A treatment beside control.</summary>
/// <param name="Variant">The treatment.</param>
/// <param name="Difference">The difference, treatment − control.</param>
/// <param name="Finding">What it came to.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record ArmComparison(string Variant, Figure Difference, Finding Finding, string Reason)
{
    /// <summary>The difference as a share of control's figure; null when that is 0 or there is none.</summary>
    public double? Relative { get; init; }

    /// <summary>The p-value corrected for how many goals there are; null for other roles, and before it may be told.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>The smallest difference that these data could have shown.</summary>
    public double? Detectable { get; init; }

    /// <summary>A guardrail's limit as a difference.</summary>
    public double? Limit { get; init; }

    /// <summary>The same difference without the covariate; null when there is none.</summary>
    public Figure? Beside { get; init; }

    /// <summary>The share of variance that the covariate took away.</summary>
    public double? VarianceReduction { get; init; }

    /// <summary>So many times the present units would decide it; null when they have, or when no number would.</summary>
    public double? TimesNeeded { get; init; }
}

/// <summary>What a comparison came to.</summary>
internal enum Finding
{
    /// <summary>The data do not carry it.</summary>
    None,

    /// <summary>Not decided yet.</summary>
    Open,

    /// <summary>A goal, proven better.</summary>
    Better,

    /// <summary>A goal, proven worse.</summary>
    Worse,

    /// <summary>A goal whose effect, whatever its sign, is smaller than worth finding.</summary>
    Small,

    /// <summary>A guardrail, proven within its margin.</summary>
    Held,

    /// <summary>A guardrail, proven beyond its margin.</summary>
    Broken,
}

/// <summary>What a decision still needs.</summary>
/// <param name="Variant">The treatment.</param>
/// <param name="Metric">The metric with its kind.</param>
/// <param name="UnitsPerArm">So many more units in each arm; null when no number would do.</param>
/// <param name="Days">How long that takes at the present traffic; null when unknown.</param>
/// <param name="Why">What for, as half a sentence.</param>
internal sealed record Need(string Variant, string Metric, long? UnitsPerArm, double? Days, string Why);
