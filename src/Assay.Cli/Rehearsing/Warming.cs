using Assay.Releases.Rehearsals;
using Assay.Server.Flags;

namespace Assay.Cli.Rehearsing;

/// <summary>
/// Lets the candidate's code run before anybody measures it: its first questions are slow, and a canary would be blamed for that. The hub hears nothing of them, and
/// nobody has the candidate afterwards.
/// </summary>
internal sealed class Warming(Stage stage, Waiting waiting)
{
    private const int Questions = 40;
    private const string User = "rehearsal-warming";
    private const string Question = "How do I roll back?";

    /// <summary>Asks the candidate, then takes it away.</summary>
    /// <exception cref="AssayException">The service does not follow the flag of its hub (exit code 4).</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await FollowsAsync(isCandidate: true, cancellationToken);
        for (var i = 0; i < Questions; i++)
        {
            await stage.Service.AskUnseenAsync(User, Question, cancellationToken);
        }

        var away = new FlagChange
        {
            Rollout = new Dictionary<string, decimal>(StringComparer.Ordinal) { [RehearsalStage.Variant] = 0 },
            Reason = "the service is warm",
        };
        await stage.Flags.ChangeAsync(RehearsalStage.Flag, away, cancellationToken);
        await FollowsAsync(isCandidate: false, cancellationToken);
    }

    private Task FollowsAsync(bool isCandidate, CancellationToken cancellationToken) =>
        waiting.NeedAsync(
            async () => Told(await stage.Service.AskUnseenAsync(User, Question, cancellationToken)) == isCandidate,
            Rehearsal.SetUp,
            $"The sample service does not {(isCandidate ? "give anybody" : "take from its users")} the candidate as its hub says",
            cancellationToken
        );

    private static bool? Told(AnsweredQuestion answer) =>
        answer is { IsWell: true, IsCandidate: null }
            ? throw AssayException.Usage(
                "The sample service does not tell which variant it answers with.",
                "Let --service name the sample service of this version of assay."
            )
            : answer.IsCandidate;
}
