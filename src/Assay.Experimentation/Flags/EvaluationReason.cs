namespace Assay.Experimentation.Flags;

/// <summary>Why a flag has its value, in the words of the OpenFeature Remote Evaluation Protocol (OFREP 0.2, "reason").</summary>
public enum EvaluationReason
{
    /// <summary>Nobody decides: there is no such flag, or it cannot be decided; the caller's fallback counts.</summary>
    Unknown,

    /// <summary>The flag has one value for all.</summary>
    Static,

    /// <summary>A rule matched the unit.</summary>
    TargetingMatch,

    /// <summary>A share of the units gets it, and this one is among them or not.</summary>
    Split,

    /// <summary>The flag is switched off, by its file or by the kill switch.</summary>
    Disabled,
}
