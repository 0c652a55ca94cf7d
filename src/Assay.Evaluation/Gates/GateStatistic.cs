namespace Assay.Evaluation.Gates;

/// <summary>Which figure of a metric a gate looks at.</summary>
public enum GateStatistic
{
    /// <summary>The mean over cases.</summary>
    Mean,

    /// <summary>The share of cases that are good enough by themselves.</summary>
    Rate,

    /// <summary>A quantile over cases: P50, P90, P95, P99.</summary>
    Quantile,

    /// <summary>The mean over cases of candidate − baseline.</summary>
    Difference,

    /// <summary>The share of measurements, or of answers, that failed.</summary>
    ErrorRate,

    /// <summary>The sum over all cases and repeats.</summary>
    Total,

    /// <summary>The agreement of a judge with people, from its calibration.</summary>
    Agreement,

    /// <summary>How far the mean over cases moves from run to run, as a standard deviation over the repeats.</summary>
    RunDeviation,
}
