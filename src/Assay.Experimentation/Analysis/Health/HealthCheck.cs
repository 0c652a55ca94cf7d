namespace Assay.Experimentation.Analysis.Health;

/// <summary>One thing that must be right before figures can be trusted.</summary>
/// <param name="Fault">What was looked for.</param>
/// <param name="State">What was found.</param>
/// <param name="Text">What was found, in words, with what to do.</param>
internal sealed record HealthCheck(HealthFault Fault, HealthState State, string Text)
{
    /// <summary>The metric it is about; null for the whole experiment.</summary>
    public string? Metric { get; init; }

    /// <summary>The figure it rests on: a share or a number of units; null when there is none.</summary>
    public double? Value { get; init; }

    /// <summary>Its p-value; null when nothing was tested.</summary>
    public double? P { get; init; }
}

/// <summary>What was found.</summary>
internal enum HealthState
{
    /// <summary>Nothing.</summary>
    Fine,

    /// <summary>Something that a reader should know.</summary>
    Note,

    /// <summary>Something under which no figure decides.</summary>
    Fault,
}

/// <summary>What is looked for.</summary>
internal enum HealthFault
{
    /// <summary>Events of its begin that retention has deleted.</summary>
    Deleted,

    /// <summary>Arms whose units are not in the ratio of their weights.</summary>
    SampleRatio,

    /// <summary>Units seen in several arms.</summary>
    SeveralArms,

    /// <summary>Exposures to arms that the definition does not have.</summary>
    UnknownArm,

    /// <summary>Fewer units than planned.</summary>
    SampleSize,

    /// <summary>Arms that differed before the experiment.</summary>
    Imbalance,

    /// <summary>Outcomes that are no numbers.</summary>
    NotFinite,

    /// <summary>Units without outcomes.</summary>
    MissingOutcomes,

    /// <summary>Outcomes that are all alike.</summary>
    NoVariance,

    /// <summary>Outcomes whose unit was not exposed.</summary>
    WithoutExposure,

    /// <summary>Outcomes after the attribution window.</summary>
    TooLate,

    /// <summary>Less than a week of units.</summary>
    ShortTime,
}
