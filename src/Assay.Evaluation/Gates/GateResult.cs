using Assay.Statistics;

namespace Assay.Evaluation.Gates;

/// <summary>What a gate came to.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, in the run's language.</param>
public sealed record GateResult(Gate Gate, Verdict Verdict, string Reason)
{
    /// <summary>The figure; null when there is none.</summary>
    public double? Estimate { get; init; }

    /// <summary>Two one-sided 95 % bounds; null when there is no interval, an end null when only one bound is known.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Cases that the figure rests on; of an agreement items, of a total calls.</summary>
    public long N { get; init; }

    /// <summary>Clusters that they come from; as many as cases when all are independent.</summary>
    public long Clusters { get; init; }

    /// <summary>n²/Σ n_g² (Kish): as many clusters of one size would know as much; null when the figure is no sample.</summary>
    public double? EffectiveClusters { get; init; }

    /// <summary>How interval and p-values were computed; empty when they were not.</summary>
    public string Method { get; init; } = "";

    /// <summary>The p-value of the claim that the figure is good; null when the gate is no matter of chance.</summary>
    public double? PassP { get; init; }

    /// <summary>The p-value of the claim that the figure is bad.</summary>
    public double? FailP { get; init; }

    /// <summary><see cref="FailP"/> corrected by Holm for all gates of the run: at most 0.05 is a fail.</summary>
    public double? FailPCorrected { get; init; }

    /// <summary>How many more cases decide it with a probability of 80 %, if figure and spread stay as they are; null when that is unknown or not needed.</summary>
    public long? NeededCases { get; init; }

    /// <summary>The distance from the limit that these cases show with a probability of 80 %; null when unknown.</summary>
    public double? Detectable { get; init; }

    /// <summary>Whether a pass lies in the warning band.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Whether it rests on time, so that it differs between two executions with the same answers.</summary>
    public bool IsTimed { get; init; }

    /// <summary>The figure's unit; empty for a share or score.</summary>
    public string Unit { get; init; } = "";
}
