using System.Globalization;
using Assay.Releases.Canaries.Judging;

namespace Assay.Releases.Canaries;

/// <summary>What a person's order may not do.</summary>
internal static class CanaryOrders
{
    /// <summary>Approvals that the next step still lacks; 0 when it is not the last.</summary>
    public static int MissingApprovals(CanaryPlan plan, CanaryState state, CanaryMoment moment) =>
        state.Step + 1 == plan.Steps.Count - 1 ? Math.Max(0, plan.File.Approvals - moment.Approvals) : 0;

    /// <summary>
    /// Why the traffic is not the step's, as a sentence; null when it is. Traffic that somebody took away is not given back: whoever did that knows more. What cannot be read
    /// may be just that: a move of the controller's own is confirmed only when it reads so.
    /// </summary>
    public static string? ForeignTraffic(CanaryState state, CanaryMoment moment) =>
        moment.Traffic is not { } reads
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The split cannot be read, or somebody else wrote it: nobody knows whether the canary has the {state.Percent} % of this step."
            )
        : reads != state.Percent
            ? string.Create(CultureInfo.InvariantCulture, $"The split reads {reads} %, not the {state.Percent} % of this step: somebody else changed it.")
        : null;

    /// <exception cref="AssayException">The canary is not on a step (exit code 2).</exception>
    public static void DemandRunning(CanaryState state)
    {
        if (state.Phase != CanaryPhase.Running)
        {
            throw AssayException.Usage($"{state.Release} is {PhaseText(state.Phase)}.", "See `assay canary status`; another candidate needs another version.");
        }

        if (state.Move is { } move)
        {
            throw AssayException.Usage(
                $"{state.Release} is on its way to {move.Percent} %, which is not confirmed yet.",
                "Look at it again in a moment: `assay canary status`."
            );
        }
    }

    /// <exception cref="AssayException">A required metric is missing or broken, the traffic is not the step's, or approvals are missing (exit code 2).</exception>
    public static void DemandPromotable(CanaryPlan plan, CanaryState state, IReadOnlyList<MetricJudgement> judgements, CanaryMoment moment)
    {
        if (judgements.FirstOrDefault(j => j.Role != CanaryRole.Info && !j.IsSeen) is { } unseen)
        {
            throw AssayException.Usage($"'{unseen.Metric}' is missing: {unseen.Reason}", "Nobody promotes what cannot be seen: mend the metric, or roll back.");
        }

        if (judgements.FirstOrDefault(j => j.Role != CanaryRole.Info && j.Verdict == MetricVerdict.Fail) is { } broken)
        {
            throw AssayException.Usage($"'{broken.Metric}' is broken: {broken.Reason}", "Roll back: `assay canary rollback`.");
        }

        if (ForeignTraffic(state, moment) is { } foreign)
        {
            throw AssayException.Usage(foreign, "Set it to the share of this step again by hand, or roll back: `assay canary rollback`.");
        }

        if (MissingApprovals(plan, state, moment) is > 0 and var missing)
        {
            throw AssayException.Usage(
                $"The last step lacks {missing} of {plan.File.Approvals} approvals.",
                $"Let somebody approve it: `assay release approve {state.Release} --for promote --as NAME`."
            );
        }
    }

    /// <summary>A phase in words.</summary>
    public static string PhaseText(CanaryPhase phase) =>
        phase switch
        {
            CanaryPhase.Running => "running",
            CanaryPhase.RollingBack => "rolling back",
            CanaryPhase.RolledBack => "rolled back",
            _ => "promoted",
        };
}
