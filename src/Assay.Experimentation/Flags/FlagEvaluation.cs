namespace Assay.Experimentation.Flags;

/// <summary>What a flag is for a unit, and why.</summary>
public readonly record struct FlagEvaluation
{
    /// <summary>The value; null when the flag cannot be decided, and the caller's fallback counts.</summary>
    public FlagValue? Value { get; init; }

    /// <summary>The variant's name; null when the flag cannot be decided.</summary>
    public string? Variant { get; init; }

    /// <summary>Why.</summary>
    public EvaluationReason Reason { get; init; }

    /// <summary>What is wrong; <see cref="EvaluationError.None"/> when nothing is.</summary>
    public EvaluationError Error { get; init; }

    /// <summary>The rule that decided; null when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>The version of the flag: that of its last override, 0 when it is as its file says.</summary>
    public long Version { get; init; }
}
