using Assay.Releases.Canaries.Judging;
using Assay.Releases.Rollbacks;

namespace Assay.Releases.Canaries;

/// <summary>A canary as it is told: by the hub, and by a command.</summary>
/// <param name="Release">The release's id.</param>
/// <param name="Service">Its service.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="Step">The step, from 1.</param>
/// <param name="Steps">Percent of traffic at each step.</param>
/// <param name="Percent">The canary's share of traffic as last confirmed.</param>
/// <param name="Verdict">What the last look or order came to.</param>
/// <param name="Reason">Why, in sentences.</param>
/// <param name="Metrics">The metrics at the last look.</param>
internal sealed record CanaryStatus(
    string Release,
    string Service,
    CanaryPhase Phase,
    int Step,
    IReadOnlyList<decimal> Steps,
    decimal Percent,
    Verdict Verdict,
    string Reason,
    IReadOnlyList<MetricJudgement> Metrics
)
{
    /// <summary>The share that is on its way; null when nothing is.</summary>
    public decimal? MovingTo { get; init; }

    /// <summary>Why it could not be moved there the last time that it was tried; null when it was not tried, and when nothing is on its way.</summary>
    public string? MoveFault { get; init; }

    /// <summary>Looks at the step so far.</summary>
    public int Look { get; init; }

    /// <summary>Seconds between looks.</summary>
    public double LookEverySeconds { get; init; }

    /// <summary>Seconds on the step that count.</summary>
    public double OnStepSeconds { get; init; }

    /// <summary>The least seconds on a step.</summary>
    public double MinTimeSeconds { get; init; }

    /// <summary>A step that could not be decided for so many seconds is rolled back.</summary>
    public double LongestHoldSeconds { get; init; }

    /// <summary>When the step began.</summary>
    public DateTimeOffset StepSince { get; init; }

    /// <summary>When it was last looked at.</summary>
    public DateTimeOffset LookedAt { get; init; }

    /// <summary>Who started it.</summary>
    public string Actor { get; init; } = "";

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The candidate's commit; empty when unknown.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Why it was started without an open gate; null when the gate was open.</summary>
    public string? Forced { get; init; }

    /// <summary>The rollback; null when nobody wants one.</summary>
    public RollbackStatus? Rollback { get; init; }

    /// <summary>Whether nothing is left to be decided.</summary>
    public bool HasEnded => Phase is CanaryPhase.RolledBack or CanaryPhase.Promoted;

    /// <summary>The status of a state and its card.</summary>
    /// <param name="state">The state.</param>
    /// <param name="card">The card; null for none.</param>
    /// <param name="fault">Why traffic could not be moved the last time; null when it could.</param>
    public static CanaryStatus Of(CanaryState state, RollbackCard? card, string? fault = null)
    {
        var plan = state.Plan();
        var rollback = RollbackStatus.Of(card, fault);
        // A rollback that the records do not know yet is one all the same.
        var phase =
            rollback is { Stage: RollbackStage.Wanted or RollbackStage.Zero } && state.Phase != CanaryPhase.RolledBack ? CanaryPhase.RollingBack : state.Phase;
        return new CanaryStatus(
            state.Release.ToString(),
            state.Service,
            phase,
            state.Step + 1,
            plan.Steps,
            rollback is { ZeroAt: not null } ? 0 : state.Percent,
            state.Verdict,
            state.Reason,
            state.Judgements
        )
        {
            MovingTo = state.Move?.Percent,
            MoveFault = state.Move is null ? null : fault,
            Look = state.Look,
            LookEverySeconds = plan.LookEvery.TotalSeconds,
            OnStepSeconds = state.OnStep.TotalSeconds,
            MinTimeSeconds = plan.MinTime.TotalSeconds,
            LongestHoldSeconds = plan.LongestHold.TotalSeconds,
            StepSince = state.StepSince,
            LookedAt = state.LookedAt,
            Actor = state.Actor,
            StartedAt = state.StartedAt,
            EndedAt = state.EndedAt,
            Commit = state.Commit,
            Forced = state.Forced,
            Rollback = rollback,
        };
    }
}

/// <summary>How far a rollback is.</summary>
/// <param name="Stage">How far.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who wanted it.</param>
/// <param name="WantedAt">When.</param>
/// <param name="ZeroAt">When traffic read 0; null before.</param>
internal sealed record RollbackStatus(RollbackStage Stage, string Reason, string Actor, DateTimeOffset WantedAt, DateTimeOffset? ZeroAt)
{
    /// <summary>Why traffic could not be taken away for good the last time that it was tried; null when it was, and when it was not tried.</summary>
    public string? Fault { get; init; }

    /// <summary>Null when nobody wants one.</summary>
    public static RollbackStatus? Of(RollbackCard? card, string? fault = null) =>
        card is { WantedAt: { } wanted }
            ? new RollbackStatus(card.Stage, card.Reason, card.Actor, wanted, card.ZeroAt) { Fault = card.IsInForce ? fault : null }
            : null;
}

/// <summary>Canaries, the one that was looked at last first.</summary>
internal sealed record CanaryList(IReadOnlyList<CanaryStatus> Canaries);

/// <summary>Looks at a canary, the oldest first.</summary>
internal sealed record CanaryLooks(IReadOnlyList<CanaryLook> Looks);

/// <summary>An order to start a canary.</summary>
internal sealed record CanaryStart
{
    /// <summary>The candidate's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>Its commit; empty when unknown.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Why it starts without an open gate; null to ask the gate.</summary>
    public string? Force { get; init; }
}

/// <summary>An order with its reason.</summary>
/// <param name="Reason">1 to 500 characters in one line.</param>
internal sealed record CanaryOrder(string Reason)
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>The reason without white space around it.</summary>
    /// <exception cref="AssayException">It is none (exit code 2).</exception>
    public string Checked(string name = "reason")
    {
        var text = Reason?.Trim() ?? "";
        return text.Length is > 0 and <= LongestReason && !text.Any(char.IsControl)
            ? text
            : throw AssayException.Usage(
                $"The {name} has {text.Length} characters, or a control character.",
                $"Say why in 1 to {LongestReason} characters in one line: it stands in the ledger."
            );
    }
}
