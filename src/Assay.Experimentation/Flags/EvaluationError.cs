namespace Assay.Experimentation.Flags;

/// <summary>Why a flag cannot be decided, in the words of OFREP ("errorCode").</summary>
public enum EvaluationError
{
    /// <summary>It can.</summary>
    None,

    /// <summary>There is no flag of that name.</summary>
    FlagNotFound,

    /// <summary>The unit has no key, and the flag is split by it.</summary>
    TargetingKeyMissing,

    /// <summary>The flag's value has another type than was asked for.</summary>
    TypeMismatch,
}
