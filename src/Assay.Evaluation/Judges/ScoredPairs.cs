namespace Assay.Evaluation.Judges;

/// <summary>A judge of single answers that compares two by their scores; equal scores are a tie.</summary>
internal sealed class ScoredPairs(IJudge judge) : IPairwiseJudge
{
    public string Name => judge.Name;

    public string Fingerprint => judge.Fingerprint;

    public async ValueTask<PairJudgement> CompareAsync(PairQuestion question, int repeat, CancellationToken cancellationToken)
    {
        var a = await judge.JudgeAsync(Question(question, question.A), repeat, cancellationToken);
        if (a.Score is not { } scoreOfA)
        {
            return new PairJudgement(null, 0, $"A: {a.Reason}", a.Calls);
        }

        var b = await judge.JudgeAsync(Question(question, question.B), repeat, cancellationToken);
        return b.Score is { } scoreOfB
            ? Decide(scoreOfB - scoreOfA, $"A: {a.Reason} B: {b.Reason}", [.. a.Calls, .. b.Calls])
            : new PairJudgement(null, 0, $"B: {b.Reason}", [.. a.Calls, .. b.Calls]);
    }

    private static PairJudgement Decide(double margin, string reason, IReadOnlyList<Assay.Models.Calls.CallFacts> calls) =>
        new(
            margin == 0 ? Preference.Tie
                : margin < 0 ? Preference.A
                : Preference.B,
            margin,
            reason,
            calls
        );

    private static JudgeQuestion Question(PairQuestion pair, string answer) => new(pair.Input, answer, pair.Expected, pair.Contexts, pair.Language);
}
