using Assay.Experimentation.Experiments;
using Assay.Statistics.Corrections;
using Assay.Stores;

namespace Assay.Experimentation.Analysis;

/// <summary>How an experiment is analysed: its catalog file, read and checked.</summary>
/// <param name="Experiment">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Control">The arm that the others are compared with.</param>
/// <param name="Arms">All arms, in the order of the file.</param>
/// <param name="Metrics">All metrics, in the order of the file.</param>
internal sealed record AnalysisPlan(string Experiment, int Version, string Control, IReadOnlyList<ArmPlan> Arms, IReadOnlyList<MetricPlan> Metrics)
{
    // What a sequence is tuned for when no size is planned, over both arms; the library's default.
    private const long UnplannedTuning = 5000;

    // Arms of 3 to 1 or more: skewed values are called too often before 200 in the smaller arm (see MeanConfidenceSequence).
    private const double UnevenWeights = 3;
    private const long LeastOfUneven = 200;

    /// <summary>Whether it is decided at any look; otherwise once, at the planned size.</summary>
    public required bool IsSequential { get; init; }

    /// <summary>The accepted share of false alarms.</summary>
    public required double Alpha { get; init; }

    /// <summary>The wanted chance to see the minimal effect.</summary>
    public required double Power { get; init; }

    /// <summary>How goals are corrected for how many they are; null for not at all.</summary>
    public required Correction? Correction { get; init; }

    /// <summary>The planned size; null when there is none.</summary>
    public long? UnitsPerArm { get; init; }

    /// <summary>Below it nothing is decided.</summary>
    public required long LeastUnitsPerArm { get; init; }

    /// <summary>For how long after its first exposure a unit's outcomes count.</summary>
    public required TimeSpan Attribution { get; init; }

    /// <summary>From how long before its first exposure outcomes are the covariate; zero for none.</summary>
    public TimeSpan PreExposure { get; init; }

    /// <summary>Units of two arms at which sequences are narrowest: fixed by the file, hence before the first look.</summary>
    public long Tuning => UnitsPerArm * 2 ?? UnplannedTuning;

    /// <summary>The arms that are compared with control.</summary>
    public IEnumerable<ArmPlan> Treatments => Arms.Where(a => a.Name != Control && a.Weight > 0);

    /// <summary>The plan of a catalog file.</summary>
    /// <exception cref="AssayException">The file asks for what cannot be analysed (exit code 2); the message names its line.</exception>
    public static AnalysisPlan Of(ExperimentFile file)
    {
        PlanCheck.Demand(file);
        var arms = file.Variants.Select(a => new ArmPlan(a.Name, (double)a.Weight, a.Description)).ToList();
        return new AnalysisPlan(file.Name, file.Version, file.Control, arms, [.. file.Metrics.Select(MetricReading.Of)])
        {
            IsSequential = file.Analysis.Method == "sequential",
            Alpha = file.Analysis.Alpha,
            Power = file.Analysis.Power,
            Correction = PlanCheck.CorrectionOf(file.Analysis),
            UnitsPerArm = file.Analysis.UnitsPerArm,
            LeastUnitsPerArm = IsUneven(arms) ? Math.Max(file.Analysis.MinimalUnitsPerArm, LeastOfUneven) : file.Analysis.MinimalUnitsPerArm,
            Attribution = TimeSpan.FromHours(file.AttributionHours),
            PreExposure = TimeSpan.FromHours(file.PreExposureHours),
        };
    }

    /// <summary>The metrics of the question, each name and denominator once, whatever kinds of it are wanted.</summary>
    public IReadOnlyList<ExperimentMetricQuery> Questions =>
        [
            .. Metrics
                .GroupBy(m => (m.Name, m.Per))
                .Select(kinds => new ExperimentMetricQuery(kinds.Key.Name)
                {
                    Denominator = kinds.Key.Per,
                    Quantiles = kinds.Any(k => k.Kind == MetricKind.Quantile),
                }),
        ];

    /// <summary>The question for the store.</summary>
    /// <param name="before">What happened before this time counts; null for all.</param>
    public ExperimentQuery Query(DateTimeOffset? before) =>
        new(Experiment, Version)
        {
            Before = before,
            Attribution = Attribution,
            PreExposure = PreExposure,
            Metrics = Questions,
        };

    private static bool IsUneven(List<ArmPlan> arms)
    {
        var weights = arms.Where(a => a.Weight > 0).Select(a => a.Weight).ToList();
        return weights.Max() >= UnevenWeights * weights.Min();
    }
}

/// <summary>An arm.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its share of the units, percent.</param>
/// <param name="Description">What it is, in words.</param>
internal sealed record ArmPlan(string Name, double Weight, string Description);
