using System.Globalization;

namespace Assay.Evaluation.Judges;

/// <summary>
/// A judge without a model, for dry runs: it counts words. Deterministic, in no need of a network, and no judge of quality: its name begins with
/// <c>offline/</c> wherever it is shown. Its rules are fixed; nothing in them was fitted to labels.
/// </summary>
/// <remarks>
/// With a reference answer the score is the share of its content words, stemmed, that the answer has. Without one it is the share of the answer's
/// content words that the passages have. An answer without content words scores 0. With neither there is no score; of two answers the one with more of
/// the question's content words is then preferred.
/// </remarks>
public sealed class OfflineJudge : IJudge, IPairwiseJudge
{
    /// <summary>Its name.</summary>
    public const string OverlapName = "offline/overlap";

    // One word in twenty: a smaller difference is no preference.
    private const double TieMargin = 0.05;

    /// <inheritdoc cref="IJudge.Name"/>
    public string Name => OverlapName;

    /// <inheritdoc cref="IJudge.Fingerprint"/>
    public string Fingerprint { get; } = Hash.Of("offline", OverlapName, "rules 1");

    /// <inheritdoc/>
    public ValueTask<Judgement> JudgeAsync(JudgeQuestion question, int repeat, CancellationToken cancellationToken)
    {
        var (score, reason) = Score(question.Answer, question.Expected, question.Contexts);
        return ValueTask.FromResult(new Judgement(score, reason, []));
    }

    /// <inheritdoc/>
    public ValueTask<PairJudgement> CompareAsync(PairQuestion question, int repeat, CancellationToken cancellationToken)
    {
        var (a, b) = (Score(question, question.A), Score(question, question.B));
        if (a.Score is not { } scoreOfA || b.Score is not { } scoreOfB)
        {
            return ValueTask.FromResult(new PairJudgement(null, 0, a.Score is null ? a.Reason : b.Reason, []));
        }

        var margin = scoreOfB - scoreOfA;
        var preference =
            Math.Abs(margin) < TieMargin ? Preference.Tie
            : margin < 0 ? Preference.A
            : Preference.B;
        return ValueTask.FromResult(new PairJudgement(preference, margin, $"A: {a.Reason} B: {b.Reason}", []));
    }

    private static (double? Score, string Reason) Score(PairQuestion question, string answer) =>
        HasReference(question.Expected, question.Contexts)
            ? Score(answer, question.Expected, question.Contexts)
            : Covered(answer, ContentStems.Of(question.Input), "the question");

    private static (double? Score, string Reason) Score(string answer, string? expected, IReadOnlyList<string> contexts)
    {
        if (!HasReference(expected, contexts))
        {
            return (null, "There is neither a reference answer nor a passage to compare with.");
        }

        return string.IsNullOrWhiteSpace(expected) ? Supported(answer, contexts) : Covered(answer, ContentStems.Of(expected), "the reference answer");
    }

    private static bool HasReference(string? expected, IReadOnlyList<string> contexts) => !string.IsNullOrWhiteSpace(expected) || contexts.Count > 0;

    private static (double? Score, string Reason) Covered(string answer, HashSet<string> sought, string where)
    {
        var said = ContentStems.Of(answer);
        return said.Count == 0 ? Empty
            : ContentStems.Share(sought, said) is { } share
                ? (share, string.Create(CultureInfo.InvariantCulture, $"Has {sought.Count(said.Contains)} of {sought.Count} content words of {where}."))
            : (null, $"There are no content words in {where}.");
    }

    private static (double? Score, string Reason) Supported(string answer, IReadOnlyList<string> contexts)
    {
        var said = ContentStems.Of(answer);
        var found = ContentStems.Of(string.Join('\n', contexts));
        return ContentStems.Share(said, found) is { } share
            ? (share, string.Create(CultureInfo.InvariantCulture, $"{said.Count(found.Contains)} of its {said.Count} content words are in the passages."))
            : Empty;
    }

    private static (double? Score, string Reason) Empty => (0, "The answer is empty.");
}
