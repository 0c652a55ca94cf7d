namespace Assay.Statistics.Checking;

/// <summary>What came of one case.</summary>
public enum CaseOutcome
{
    /// <summary>Every expected field agrees.</summary>
    Ok,

    /// <summary>At least one expected field does not agree, or the library refuses what is asked.</summary>
    Off,

    /// <summary>Nothing disagrees, but the kind or some expected field is not known, or nothing is expected.</summary>
    Unknown,

    /// <summary>The case cannot be read.</summary>
    Malformed,
}
