namespace Assay.Experimentation.Flags;

/// <summary>A variant of a flag.</summary>
internal sealed record Variant(string Name, FlagValue Value);

/// <summary>An answer that a flag can give, made when the flag is read, so that giving it allocates nothing. <see cref="Index"/> is the variant's place, −1 for none.</summary>
internal sealed record FlagOutcome(int Index, FlagEvaluation Evaluation);
