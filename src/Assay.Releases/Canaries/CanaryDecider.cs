using Assay.Releases.Canaries.Judging;
using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>
/// The state machine of a canary: pure, so that the same state, figures and time give the same decision. Traffic grows only by a step whose guardrails are all proven,
/// and never after a rollback was decided.
/// </summary>
internal static class CanaryDecider
{
    /// <summary>
    /// Looks in a row that must end undecided before the longest hold ends a canary: one bad reading at the deadline does not.
    /// </summary>
    public const int UndecidedLooks = 3;

    /// <summary>A canary that begins: its first move waits to be done.</summary>
    public static CanaryState Start(CanaryPlan plan, string commit, string? forced, string actor, DateTimeOffset now)
    {
        var percent = plan.Steps[0];
        var reason = forced is null ? "The gate is open." : $"Started without an open gate: {forced}";
        return new CanaryState
        {
            Release = plan.Release,
            Service = plan.Service,
            Commit = commit,
            File = plan.File,
            Actor = actor,
            Forced = forced,
            StartedAt = now,
            StepSince = now,
            LookedAt = now,
            Move = new CanaryMove(0, percent, $"canary of {plan.Release} begins. {reason}", actor),
            Reason = reason,
            Notes = [CanaryNotes.Started(plan.Release, commit, forced, percent, actor, now, reason)],
        };
    }

    /// <summary>What a look comes to.</summary>
    public static CanaryDecision Decide(CanaryPlan plan, CanaryState state, CanaryReading reading, CanaryMoment moment) =>
        state.Phase != CanaryPhase.Running
            ? new CanaryDecision(state, CanaryAction.Hold, [], state.Verdict, state.Reason)
            : Decide(plan, state, reading, CanaryJudge.Of(plan, state.Step, reading), moment);

    /// <summary>The same with metrics that were judged already.</summary>
    internal static CanaryDecision Decide(
        CanaryPlan plan,
        CanaryState state,
        CanaryReading reading,
        IReadOnlyList<MetricJudgement> judgements,
        CanaryMoment moment
    )
    {
        if (state.Phase != CanaryPhase.Running)
        {
            return new CanaryDecision(state, CanaryAction.Hold, [], state.Verdict, state.Reason);
        }

        var looked = Looked(state, reading, judgements, moment);
        return judgements.Any(j => j.Role != CanaryRole.Info && j.Verdict == MetricVerdict.Fail)
            ? Broken(looked, judgements, moment)
            : Undamaged(plan, looked, reading, judgements, moment);
    }

    /// <summary>An order to go on to the next step. It waives time, number of requests and proof; not data, not a break, not traffic that is not the step's, not approvals.</summary>
    /// <exception cref="AssayException">It cannot be promoted (exit code 2).</exception>
    public static CanaryDecision Promote(CanaryPlan plan, CanaryState state, CanaryReading reading, CanaryMoment moment, string actor, string reason)
    {
        CanaryOrders.DemandRunning(state);
        var judgements = CanaryJudge.Of(plan, state.Step, reading);
        var looked = Looked(state, reading, judgements, moment) with { Waived = state.Waived + 1 };
        CanaryOrders.DemandPromotable(plan, state, judgements, moment);
        return Advanced(plan, looked, judgements, moment, actor, $"Promoted by {actor}: {reason}", Verdict.Inconclusive);
    }

    /// <summary>An order to take all traffic from the canary, at any time and whatever the figures are.</summary>
    public static CanaryState RollBack(CanaryState state, string actor, string reason, DateTimeOffset now) =>
        state.Phase is CanaryPhase.RolledBack or CanaryPhase.RollingBack
            ? state
            : state with
            {
                Phase = CanaryPhase.RollingBack,
                Move = new CanaryMove(state.Step, 0, reason, actor),
                Verdict = Verdict.Fail,
                Reason = reason,
                LookedAt = now,
            };

    /// <summary>Traffic was moved and reads so: the step begins, or the canary has ended.</summary>
    public static CanaryState Confirm(CanaryPlan plan, CanaryState state, DateTimeOffset now)
    {
        if (state.Move is not { } move)
        {
            return state;
        }

        var phase =
            state.Phase == CanaryPhase.RollingBack ? CanaryPhase.RolledBack
            : move.Percent == 100 ? CanaryPhase.Promoted
            : CanaryPhase.Running;
        return state with
        {
            Phase = phase,
            Step = move.Step,
            Percent = move.Percent,
            Move = null,
            StepSince = now,
            LookedAt = now,
            OnStep = TimeSpan.Zero,
            Look = 0,
            Requests = 0,
            Undecided = 0,
            EndedAt = phase == CanaryPhase.Running ? null : now,
            Notes =
            [
                .. state.Notes,
                .. phase == CanaryPhase.Running ? [] : CanaryEvidence.Notes(state, move, phase == CanaryPhase.Promoted, now),
                CanaryNotes.Moved(plan, state, move, phase, now),
            ],
        };
    }

    private static CanaryState Looked(CanaryState state, CanaryReading reading, IReadOnlyList<MetricJudgement> judgements, CanaryMoment moment) =>
        state with
        {
            Look = state.Look + 1,
            LookedAt = moment.Now,
            OnStep = state.OnStep + moment.Passed,
            Requests = reading.Canary,
            Judgements = judgements,
        };

    private static CanaryDecision Broken(CanaryState looked, IReadOnlyList<MetricJudgement> judgements, CanaryMoment moment)
    {
        var reason = string.Join(
            " ",
            judgements.Where(j => j.Role != CanaryRole.Info && j.Verdict == MetricVerdict.Fail).Select(j => $"{j.Metric}: {j.Reason}")
        );
        return RolledBack(looked, judgements, moment, "Rolled back. " + reason);
    }

    private static CanaryDecision Undamaged(
        CanaryPlan plan,
        CanaryState looked,
        CanaryReading reading,
        IReadOnlyList<MetricJudgement> judgements,
        CanaryMoment moment
    )
    {
        var open = CanaryOpen.Of(plan, looked, reading, judgements, moment);
        var next = looked with { Undecided = open.IsOnlyApproval ? 0 : looked.Undecided + 1 };
        return open.IsNothing
                ? Advanced(
                    plan,
                    next with
                    {
                        Undecided = 0,
                    },
                    judgements,
                    moment,
                    CanaryMove.Controller,
                    "Every guardrail is proven within its margin.",
                    Verdict.Pass
                )
            : next.OnStep >= plan.LongestHold && next.Undecided >= UndecidedLooks
                ? RolledBack(next, judgements, moment, $"Rolled back: not decided within {Durations.Text(plan.LongestHold)} on this step. {open.Text}")
            : Held(next, judgements, moment, open);
    }

    private static CanaryDecision Held(CanaryState next, IReadOnlyList<MetricJudgement> judgements, CanaryMoment moment, CanaryOpen open)
    {
        var verdict =
            open.IsOnlyApproval ? Verdict.Pass
            : judgements.Any(j => j.Role != CanaryRole.Info && !j.IsSeen) ? Verdict.NoData
            : Verdict.Inconclusive;
        return Told(next, CanaryAction.Hold, judgements, moment, verdict, "Held. " + open.Text);
    }

    private static CanaryDecision Advanced(
        CanaryPlan plan,
        CanaryState looked,
        IReadOnlyList<MetricJudgement> judgements,
        CanaryMoment moment,
        string actor,
        string reason,
        Verdict verdict
    )
    {
        var step = looked.Step + 1;
        var percent = plan.Steps[step];
        var next = looked with { Move = new CanaryMove(step, percent, reason, actor) };
        return Told(next, percent == 100 ? CanaryAction.Promote : CanaryAction.Advance, judgements, moment, verdict, reason);
    }

    private static CanaryDecision RolledBack(CanaryState looked, IReadOnlyList<MetricJudgement> judgements, CanaryMoment moment, string reason) =>
        Told(RollBack(looked, CanaryMove.Controller, reason, moment.Now), CanaryAction.RollBack, judgements, moment, Verdict.Fail, reason);

    private static CanaryDecision Told(
        CanaryState next,
        CanaryAction action,
        IReadOnlyList<MetricJudgement> judgements,
        CanaryMoment moment,
        Verdict verdict,
        string reason
    )
    {
        var look = new CanaryLook(next.Release.ToString(), next.Step + 1, next.Percent, next.Look, moment.Now, verdict, reason, judgements)
        {
            Requests = next.Requests,
        };
        var told = next with { Verdict = verdict, Reason = reason, Notes = [.. next.Notes, CanaryNotes.Looked(look)] };
        return new CanaryDecision(told, action, judgements, verdict, reason) { Look = look };
    }
}
