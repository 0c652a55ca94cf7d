namespace Assay.Experimentation.Analysis.Decisions;

/// <summary>What is to be done with an experiment.</summary>
/// <param name="Action">What.</param>
/// <param name="Cause">Why, for machines and translations.</param>
/// <param name="Variant">The treatment it is about; null for all.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record ExperimentDecision(DecidedAction Action, DecisionCause Cause, string? Variant, string Reason)
{
    /// <summary>The action as people read it: <c>Roll back</c>.</summary>
    public string Title =>
        Action switch
        {
            DecidedAction.RollBack => "Roll back",
            _ => Action.ToString(),
        };
}

/// <summary>What is to be done with one treatment.</summary>
/// <param name="Action">What.</param>
/// <param name="Cause">Why, for machines and translations.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record ArmDecision(DecidedAction Action, DecisionCause Cause, string Reason);

/// <summary>What is to be done.</summary>
internal enum DecidedAction
{
    /// <summary>More units are needed.</summary>
    Continue,

    /// <summary>The treatment is better and harms nothing: give it to all.</summary>
    Ship,

    /// <summary>The treatment does harm: take it away.</summary>
    RollBack,

    /// <summary>A person must look.</summary>
    Review,
}

/// <summary>Why.</summary>
internal enum DecisionCause
{
    /// <summary>No unit was exposed.</summary>
    NoUnits,

    /// <summary>The data cannot be trusted.</summary>
    Unhealthy,

    /// <summary>An arm has fewer units than the least at which anything is decided.</summary>
    TooFewUnits,

    /// <summary>The planned size is not reached.</summary>
    BeforePlannedSize,

    /// <summary>It was decided at an earlier look, once.</summary>
    DecidedBefore,

    /// <summary>A guardrail is proven worse than its margin.</summary>
    GuardrailBroken,

    /// <summary>A goal is proven worse.</summary>
    GoalWorse,

    /// <summary>One goal is proven better, another worse.</summary>
    GoalsDisagree,

    /// <summary>A goal is proven better, and every guardrail holds.</summary>
    GoalBetter,

    /// <summary>A goal is proven better, but a guardrail is open.</summary>
    GuardrailOpen,

    /// <summary>No goal is proven.</summary>
    GoalsOpen,

    /// <summary>The planned size is reached and no goal is proven.</summary>
    NothingFound,

    /// <summary>The effect is smaller than worth finding.</summary>
    EffectTooSmall,

    /// <summary>The experiment has no goal.</summary>
    NoGoal,

    /// <summary>A figure is missing.</summary>
    MissingFigure,
}
