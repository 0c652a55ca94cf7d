using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>One rehearsal on a stage: a healthy candidate gets traffic, goes wrong on purpose, and the time is taken until it is found and until all is well again.</summary>
/// <param name="scenario">What goes wrong.</param>
/// <param name="budget">What is allowed; how long is waited follows from it.</param>
/// <param name="stage">Where.</param>
/// <param name="tell">Who is told of each part.</param>
/// <param name="time">The clock.</param>
internal sealed class Rehearsal(RehearsalScenario scenario, RehearsalBudget budget, Stage stage, IRehearsalTelling tell, TimeProvider time)
{
    // Questions of control before the canary: two seconds of them.
    private const int LeastBefore = 2 * RehearsalUsers.PerSecond;

    // P95 is judged from 20 requests.
    private const int LeastSeen = 20;

    // Good answers in a row, each to somebody whom the candidate answered: of a candidate that fails three of ten that is a chance of one in a thousand.
    private const int WellInRow = 20;

    /// <summary>How long a part of the stage may take until it stands.</summary>
    public static readonly TimeSpan SetUp = TimeSpan.FromMinutes(2);

    // What is late is waited for, so that it can be said how late it was.
    private static readonly TimeSpan LeastWait = TimeSpan.FromMinutes(1);

    private readonly Waiting waiting = new(stage, time);

    /// <summary>Rehearses.</summary>
    /// <exception cref="AssayException">The stage does not work (exit code 4): nothing was rehearsed.</exception>
    public async Task<RehearsalMeasures> RunAsync(CancellationToken cancellationToken)
    {
        await new Warming(stage, waiting).RunAsync(cancellationToken);
        await using var users = new RehearsalUsers(stage.Service, time);
        users.Start();
        await tell.TellAsync("users ask, nobody has the candidate");
        await waiting.NeedAsync(
            () => Is(users.Asked is { Control: var n, HurtOfControl: var hurt } && n - hurt >= LeastBefore),
            SetUp,
            "The sample service answers too few questions",
            cancellationToken
        );
        await stage.WriteReleaseAsync(cancellationToken);
        var measures = scenario.IsBroken ? await BrokenAsync(users, cancellationToken) : await HealthyAsync(users, cancellationToken);
        return measures with { NotAsked = users.NotAsked };
    }

    // Nobody is hurt before somebody has the candidate: the fault comes about when the canary begins.
    private async Task<RehearsalMeasures> BrokenAsync(RehearsalUsers users, CancellationToken cancellationToken)
    {
        await tell.BeforeFaultAsync(scenario, cancellationToken);
        await stage.Service.InjectAsync(scenario.Fault, cancellationToken);
        var mark = Mark(users);
        await StartAsync(cancellationToken);
        await tell.TellAsync("the candidate is broken and gets its first traffic");
        return await FollowAsync(users, mark, cancellationToken);
    }

    private async Task<RehearsalMeasures> HealthyAsync(RehearsalUsers users, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await tell.TellAsync("the candidate gets its first traffic");
        var status = DemandSeen(await waiting.StatusAsync(s => HasEnded(s) || IsSeenHealthy(s), SetUp, cancellationToken));
        if (!HasEnded(status))
        {
            await tell.TellAsync("the candidate was looked at and is healthy");
            await tell.BeforeFaultAsync(scenario, cancellationToken);
            // A person takes their time, and looks go on meanwhile.
            status = await waiting.StatusAsync(_ => true, SetUp, cancellationToken) ?? status;
        }

        var mark = Mark(users);
        if (HasEnded(status))
        {
            return mark.Measures with { RolledBackBefore = ReasonOf(status), Looks = await LooksAsync(cancellationToken) };
        }

        await stage.Service.InjectAsync(scenario.Fault, cancellationToken);
        await tell.TellAsync($"the fault is there: {scenario.Name}");
        return await FollowAsync(users, mark, cancellationToken);
    }

    /// <summary>From the fault to the end.</summary>
    private async Task<RehearsalMeasures> FollowAsync(RehearsalUsers users, FaultMark mark, CancellationToken cancellationToken)
    {
        var status = await waiting.StatusAsync(HasEnded, Longer(budget.Detect), cancellationToken);
        var measures = mark.Measures with { Found = users.Asked.Since(mark.Asked) };
        if (status is null || !HasEnded(status))
        {
            await tell.TellAsync("nobody found it");
            return measures with { Looks = await LooksAsync(cancellationToken), During = users.Asked.Since(mark.Asked) };
        }

        measures = measures with { Detect = time.GetElapsedTime(mark.Timestamp), Reason = ReasonOf(status) };
        await tell.TellAsync($"rolled back after {RehearsalJudgement.Text(measures.Detect.Value)}");
        if (await IsRestoredAsync(users, cancellationToken))
        {
            measures = measures with { Restore = time.GetElapsedTime(mark.Timestamp) };
            await tell.TellAsync($"all is well again after {RehearsalJudgement.Text(measures.Restore.Value)}");
        }

        measures = measures with { During = users.Asked.Since(mark.Asked) };
        return measures with { Looks = await DecidedLooksAsync(cancellationToken) };
    }

    private Task<CanaryStatus> StartAsync(CancellationToken cancellationToken) =>
        stage.Canaries.StartAsync(
            RehearsalStage.Release.Name,
            new CanaryStart { Version = RehearsalStage.Version, Force = "rehearsal of the rollback" },
            cancellationToken
        );

    // Whoever had the candidate is asked for by turns; one bad answer, or one of the candidate, and counting begins anew.
    private async Task<bool> IsRestoredAsync(RehearsalUsers users, CancellationToken cancellationToken)
    {
        var (row, turn) = (0, 0);
        return await waiting.UntilAsync(
            async () =>
            {
                var had = users.OfCandidate;
                if (had.Count == 0)
                {
                    return false;
                }

                for (; row < WellInRow; row++)
                {
                    if (await users.AskAsync(had[turn++ % had.Count], cancellationToken) is not { IsWell: true, IsCandidate: false })
                    {
                        row = 0;
                        return false;
                    }
                }

                return true;
            },
            Longer(budget.Restore),
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<CanaryLook>> LooksAsync(CancellationToken cancellationToken) =>
        (await stage.Canaries.LooksAsync(RehearsalStage.Release.ToString(), cancellationToken)).Looks;

    // Traffic comes first, records afterwards.
    private async Task<IReadOnlyList<CanaryLook>> DecidedLooksAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CanaryLook> looks = [];
        await waiting.UntilAsync(async () => (looks = await LooksAsync(cancellationToken)).Any(l => l.Verdict == Verdict.Fail), SetUp, cancellationToken);
        return looks;
    }

    private FaultMark Mark(RehearsalUsers users) => new(time.GetTimestamp(), users.Asked, new RehearsalMeasures(time.GetUtcNow()));

    private static bool HasEnded(CanaryStatus status) => status.Rollback is not null || status.Phase != CanaryPhase.Running;

    private static bool IsSeenHealthy(CanaryStatus status) =>
        status is { Verdict: not Verdict.Fail, Metrics.Count: > 0 }
        && status.Metrics.All(m => m is { IsSeen: true, Verdict: not MetricVerdict.Fail })
        && status.Metrics.Any(m => m.CanaryCount >= LeastSeen);

    // Records come after traffic: until then the intent alone says why.
    private static string ReasonOf(CanaryStatus status) => status.Rollback?.Reason ?? status.Reason;

    private static CanaryStatus DemandSeen(CanaryStatus? status) =>
        status is not null && (HasEnded(status) || IsSeenHealthy(status))
            ? status
            : throw AssayException.Infrastructure(
                $"The candidate was not seen healthy within {SetUp.TotalMinutes:0} minutes: {status?.Reason ?? "the hub does not answer"}",
                "Nothing was rehearsed. Run it again when the machine is less busy; with --keep the hub's log stays."
            );

    private static TimeSpan Longer(TimeSpan budget) => 2 * budget > LeastWait ? 2 * budget : LeastWait;

    private static Task<bool> Is(bool holds) => Task.FromResult(holds);

    /// <summary>The moment of the fault.</summary>
    private sealed record FaultMark(long Timestamp, AskedQuestions Asked, RehearsalMeasures Measures);
}
