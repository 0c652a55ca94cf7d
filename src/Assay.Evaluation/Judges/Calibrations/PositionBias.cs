using Assay.Statistics.Rates;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>Whether the order in which two answers were shown decided.</summary>
/// <param name="Pairs">Pairs that were compared in both orders.</param>
/// <param name="Flipped">Pairs whose preference changed with the order.</param>
/// <param name="FirstWins">Flipped pairs in which whichever stood first won.</param>
/// <param name="SecondWins">Flipped pairs in which whichever stood second won. In the other flipped pairs one reply was a tie.</param>
/// <param name="FlipRate">Flipped among pairs, with its interval.</param>
public sealed record PositionBias(int Pairs, int Flipped, int FirstWins, int SecondWins, AgreementFigure FlipRate)
{
    /// <summary>The tally of comparisons; null when none was made in both orders.</summary>
    public static PositionBias? Of(IReadOnlyList<PairJudgement> judgements)
    {
        var both = judgements.Where(judgement => judgement is { WithAFirst: not null, WithBFirst: not null }).ToList();
        var flipped = both.Count(judgement => judgement.Flipped);
        return both.Count == 0
            ? null
            : new PositionBias(
                both.Count,
                flipped,
                both.Count(judgement => judgement is { WithAFirst: Preference.A, WithBFirst: Preference.B }),
                both.Count(judgement => judgement is { WithAFirst: Preference.B, WithBFirst: Preference.A }),
                AgreementFigure.Of("flipped", RateInterval.Wilson(flipped, both.Count), both.Count)
            );
    }
}
