using Assay.Experimentation.Flags.Conditions;
using Assay.Flags;

namespace Assay.Experimentation.Flags;

/// <summary>A rule that can be asked: conditions, and a variant or shares for whom they hold.</summary>
internal sealed class FlagRule(string name, Condition[] conditions, FlagOutcome? serve, Rollout? rollout)
{
    public string Name => name;

    public IReadOnlyList<Condition> Conditions => conditions;

    public Rollout? Rollout => rollout;

    /// <summary>Whether no rule after it is ever asked.</summary>
    public bool IsForEverybody => conditions.Length == 0 && (serve is not null || rollout!.IsForEverybody);

    /// <summary>Variants that it gives to anybody.</summary>
    public IEnumerable<string> PossibleVariants => serve is null ? rollout!.PossibleVariants : [serve.Evaluation.Variant!];

    /// <summary>Whether every condition holds.</summary>
    public bool Holds(in Unit unit)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(in unit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The answer for whom it holds; null when the unit is in no share, and the next rule is asked.</summary>
    public FlagOutcome? Serve(in Unit unit) => serve ?? rollout!.Decide(in unit);
}
