namespace Assay.Stores;

/// <summary>A question for the sums of an experiment; the store answers without handing out rows.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Version">Its version.</param>
public sealed record ExperimentQuery(string Experiment, int Version)
{
    /// <summary>The most metrics of a question.</summary>
    public const int MostMetrics = 50;

    /// <summary>Only what happened before this time counts, by its own time and not by that of its arrival: a past look. Everything when null.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>For how long after a unit's first exposure its outcomes count: those at both ends of the window do. 0 or more.</summary>
    public required TimeSpan Attribution { get; init; }

    /// <summary>From how long before a unit's first exposure its outcomes are its covariate, the exposure's own time not included; zero for none.</summary>
    public TimeSpan PreExposure { get; init; }

    /// <summary>The metrics; at most <see cref="MostMetrics"/>. A name may stand several times, with different denominators.</summary>
    public IReadOnlyList<ExperimentMetricQuery> Metrics { get; init; } = [];
}

/// <summary>One metric of an experiment's sums.</summary>
/// <param name="Metric">The name of the outcomes.</param>
public sealed record ExperimentMetricQuery(string Metric)
{
    /// <summary>The name of the outcomes below the line of a ratio, such as <c>requests</c>; null for the number of outcomes whose value is finite.</summary>
    public string? Denominator { get; init; }

    /// <summary>Whether the sketch of single values is needed, for quantiles.</summary>
    public bool Quantiles { get; init; }
}
