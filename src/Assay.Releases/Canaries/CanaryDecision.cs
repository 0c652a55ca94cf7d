using Assay.Releases.Canaries.Judging;

namespace Assay.Releases.Canaries;

/// <summary>What a look comes to.</summary>
/// <param name="Next">The state to store.</param>
/// <param name="Action">What is to be done with traffic.</param>
/// <param name="Judgements">One for each watched metric.</param>
/// <param name="Verdict">Pass: the step is proven; Fail: rolled back; else held.</param>
/// <param name="Reason">Why, in sentences.</param>
internal sealed record CanaryDecision(CanaryState Next, CanaryAction Action, IReadOnlyList<MetricJudgement> Judgements, Verdict Verdict, string Reason)
{
    /// <summary>The look to remember; null when nothing was looked at.</summary>
    public CanaryLook? Look { get; init; }
}

/// <summary>What is to be done with traffic.</summary>
internal enum CanaryAction
{
    /// <summary>It stays.</summary>
    Hold,

    /// <summary>The next step.</summary>
    Advance,

    /// <summary>All of it.</summary>
    Promote,

    /// <summary>None of it.</summary>
    RollBack,
}
