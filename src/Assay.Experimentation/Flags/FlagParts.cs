namespace Assay.Experimentation.Flags;

/// <summary>What a flag is made of.</summary>
internal sealed record FlagParts(FlagFile Definition, FlagOverride? Override, Variant[] Variants)
{
    public Prerequisite[] Requires { get; init; } = [];

    public FlagRule[] Rules { get; init; } = [];

    public Rollout? Rollout { get; init; }

    /// <summary>The place of a variant; −1 when there is none of that name.</summary>
    public int IndexOf(string variant)
    {
        for (var i = 0; i < Variants.Length; i++)
        {
            if (Variants[i].Name == variant)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>An answer with a variant that exists.</summary>
    public FlagOutcome Answer(string variant, EvaluationReason reason, string? rule = null) => Answer(IndexOf(variant), reason, rule);

    /// <summary>An answer with the variant of a place.</summary>
    public FlagOutcome Answer(int index, EvaluationReason reason, string? rule = null) =>
        new(
            index,
            new FlagEvaluation
            {
                Value = Variants[index].Value,
                Variant = Variants[index].Name,
                Reason = reason,
                Rule = rule,
                Version = Override?.Version ?? 0,
            }
        );

    /// <summary>The answer for a unit without key where one must be drawn for.</summary>
    public FlagOutcome KeyMissing(string? rule = null) =>
        new(
            -1,
            new FlagEvaluation
            {
                Error = EvaluationError.TargetingKeyMissing,
                Rule = rule,
                Version = Override?.Version ?? 0,
            }
        );
}
