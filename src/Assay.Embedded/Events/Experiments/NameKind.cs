namespace Assay.Embedded.Events.Experiments;

/// <summary>What a name in the table of names is of; stored as its number.</summary>
internal enum NameKind
{
    /// <summary>An experiment.</summary>
    Experiment = 0,

    /// <summary>A variant of a version of an experiment.</summary>
    Variant = 1,

    /// <summary>A metric of an experiment.</summary>
    Metric = 2,
}
