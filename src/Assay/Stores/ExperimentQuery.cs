namespace Assay.Stores;

/// <summary>A question for the sums of an experiment; the store answers without handing out rows.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Version">Its version.</param>
public sealed record ExperimentQuery(string Experiment, int Version)
{
    /// <summary>Events up to this time count: the state of a past look. Everything when null.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>For how long after a unit's first exposure its outcomes count.</summary>
    public required TimeSpan Attribution { get; init; }

    /// <summary>From how long before a unit's first exposure its outcomes are its covariate; zero for none.</summary>
    public TimeSpan PreExposure { get; init; }

    /// <summary>The metrics; at most 50. A name may stand once.</summary>
    public IReadOnlyList<ExperimentMetricQuery> Metrics { get; init; } = [];
}

/// <summary>One metric of an experiment's sums.</summary>
/// <param name="Metric">The name of the outcomes.</param>
public sealed record ExperimentMetricQuery(string Metric)
{
    /// <summary>The name of the outcomes below the line of a ratio, such as <c>requests</c>; null for the number of outcomes.</summary>
    public string? Denominator { get; init; }

    /// <summary>Whether the sketch of single values is needed, for quantiles.</summary>
    public bool Quantiles { get; init; }
}
