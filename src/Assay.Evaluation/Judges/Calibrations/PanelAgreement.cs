using Assay.Statistics.Tables;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>How the members of a panel agree: Cohen's kappa of each two, with scores in tenths weighted by squared distance.</summary>
public static class PanelAgreement
{
    // Scores are compared in steps of a tenth: judges rarely mean more than that.
    private const int Steps = 10;

    /// <summary>The agreement of each two members over the items that both scored; empty when nobody voted.</summary>
    public static IReadOnlyList<AgreementFigure> Of(IReadOnlyList<IReadOnlyList<JudgeVote>> items)
    {
        var members = items.FirstOrDefault(votes => votes.Count > 0)?.Select(vote => vote.Judge).ToList() ?? [];
        return
        [
            .. from first in Enumerable.Range(0, members.Count)
            from second in Enumerable.Range(first + 1, members.Count - first - 1)
            select Two(items, first, second, $"{members[first]} with {members[second]}"),
        ];
    }

    private static AgreementFigure Two(IReadOnlyList<IReadOnlyList<JudgeVote>> items, int first, int second, string between)
    {
        var rated = items
            .Where(votes => votes.Count > second && votes[first].Score is not null && votes[second].Score is not null)
            .Select(votes => new RatedItem(Step(votes[first]), Step(votes[second]), null));
        return Agreement.Of(AgreementMeasure.Kappa, between, [.. rated], KappaWeights.Quadratic);
    }

    private static double Step(JudgeVote vote) => Math.Round(vote.Score!.Value * Steps, MidpointRounding.AwayFromZero);
}
