using Assay.Experimentation.Analysis;
using Assay.Statistics;

namespace Assay.Releases.Canaries.Judging;

/// <summary>
/// One metric of both arms, ready to be asked. Every answer holds at any number of looks: the chance to ever answer yes wrongly, over all looks of a step,
/// is at most the alpha of the question.
/// </summary>
internal abstract record ArmTest
{
    /// <summary>Control's figure, in the metric's unit.</summary>
    public abstract double Control { get; }

    /// <summary>The canary's.</summary>
    public abstract double Canary { get; }

    /// <summary>Requests or values of control.</summary>
    public abstract long ControlCount { get; }

    /// <summary>Those of the canary.</summary>
    public abstract long CanaryCount { get; }

    /// <summary>How it is tested, for readers.</summary>
    public abstract string Method { get; }

    /// <summary>How the canary alone is tested against its limit, for readers.</summary>
    public abstract string MethodAlone { get; }

    /// <summary>Whether the canary is proven worse than control at all.</summary>
    public abstract bool IsWorse(double alpha);

    /// <summary>Whether the canary is proven not to be worse than control by the margin.</summary>
    /// <param name="margin">The margin, above 0.</param>
    /// <param name="alpha">The accepted chance.</param>
    /// <param name="times">The same figures from so many times the requests.</param>
    public abstract bool IsWithin(Margin margin, double alpha, double times = 1);

    /// <summary>Whether the canary's own figure is proven to lie beyond the limit, whatever control does.</summary>
    public abstract bool IsBeyond(double limit, double alpha);

    /// <summary>
    /// The difference, canary − control: the end on the side of worse proves that it is within a margin, the other that it is worse; each end at its own alpha. An end without information is null.
    /// </summary>
    public abstract Interval Difference(double worseAlpha, double withinAlpha);

    /// <summary>The smallest worsening, in the metric's unit, that figures of this size would prove with a chance of 80 %; null when there is none.</summary>
    public abstract double? Visible(double alpha);
}

/// <summary>A test, or why there is none.</summary>
/// <param name="Test">The test.</param>
/// <param name="Lack">Why there is none, as half a sentence.</param>
/// <param name="Values">Values that the smaller arm needs before there is one; 0 when that is not what is missing.</param>
internal sealed record Tested(ArmTest? Test, string? Lack = null, long Values = 0)
{
    /// <summary>
    /// The canary's figures while control has none: only whether they lie beyond the limit may be asked. Null when both are there, and when neither is.
    /// </summary>
    public ArmTest? Alone { get; init; }
}
