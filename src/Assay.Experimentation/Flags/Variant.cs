namespace Assay.Experimentation.Flags;

/// <summary>A variant of a flag.</summary>
internal sealed record Variant(string Name, FlagValue Value);

/// <summary>An answer that a flag can give, made when the flag is read, so that giving it allocates nothing.</summary>
/// <param name="Index">The variant's place; −1 for none.</param>
/// <param name="Evaluation">The answer.</param>
internal sealed record FlagOutcome(int Index, FlagEvaluation Evaluation)
{
    /// <summary>The value alone: most callers want no more, and the rest need not be copied for them.</summary>
    public FlagValue? Value { get; } = Evaluation.Value;
}
