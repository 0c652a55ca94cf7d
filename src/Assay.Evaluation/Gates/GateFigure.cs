using Assay.Evaluation.Summaries;

namespace Assay.Evaluation.Gates;

/// <summary>What a gate found to decide on.</summary>
internal abstract record GateFigure
{
    private GateFigure() { }

    /// <summary>Nothing to decide on, and why.</summary>
    public sealed record Absent(GateLack Lack, string Detail = "") : GateFigure;

    /// <summary>A figure of cases, which chance moves.</summary>
    /// <param name="Test">Against the limit.</param>
    /// <param name="Sample">The cases.</param>
    /// <param name="Missing">Cases that should have a value and have none.</param>
    /// <param name="Expected">Cases that should have a value.</param>
    public sealed record OfCases(LimitTest Test, CaseSample Sample, int Missing, int Expected) : GateFigure;

    /// <summary>A figure of repeats.</summary>
    /// <param name="Spread">How far their means lie apart.</param>
    /// <param name="Missing">Measurements that should be there and are not.</param>
    /// <param name="Expected">Measurements that should be there.</param>
    public sealed record OfRuns(RunSpread Spread, int Missing, int Expected) : GateFigure;

    /// <summary>A figure that is what it is: a sum, or an agreement that a calibration measured.</summary>
    public sealed record Counted(double Value, long N, int Unknown) : GateFigure;

    /// <summary>A figure whose interval was computed elsewhere.</summary>
    public sealed record Given(JudgeAgreement Agreement) : GateFigure;
}

/// <summary>Why a gate has nothing to decide on.</summary>
internal enum GateLack
{
    NoValues,
    NoRepeats,
    NoBaseline,
    OtherDataset,
    OtherFingerprint,
    OtherKindOfRun,
    NoBaselineMetric,
    NotCalibrated,
    OtherCalibration,
}
