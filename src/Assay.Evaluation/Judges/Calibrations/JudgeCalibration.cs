namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>
/// How far a judge can be trusted: its agreement with people beside theirs among themselves, and what else its judgements follow. Pure: labels and
/// judgements in, figures out.
/// </summary>
public static class JudgeCalibration
{
    /// <summary>The most groups that are told apart; the largest first.</summary>
    public const int MaxGroups = 20;

    private const int ErrorsShown = 5;

    /// <summary>The figures.</summary>
    /// <param name="judge">The judge's name.</param>
    /// <param name="fingerprint">Its fingerprint.</param>
    /// <param name="labels">The items with their labels.</param>
    /// <param name="judged">What it said of each, in the same order.</param>
    public static CalibrationReport Of(string judge, string fingerprint, LabelSet labels, IReadOnlyList<JudgedItem> judged)
    {
        var usable = judged.Where(item => item.Value is not null).ToList();
        var human = HumanLabels.Of(labels);
        var raters = new Raters(labels, usable, human);
        var measures = Measures(labels, human);
        var lines = measures.Select(raters.Line).ToList();
        return new CalibrationReport(judge, fingerprint, new LabelSource(labels.Name, labels.Hash, labels.IsPairs, labels.Items.Count, labels.Annotators))
        {
            Judged = usable.Count,
            Errors = judged.Count - usable.Count,
            ErrorExamples = [.. judged.Where(item => item.Value is null).Select(item => $"{item.Item.Id}: {item.Reason}").Take(ErrorsShown)],
            Agreement = lines,
            LengthBias = raters.LengthBias(),
            Position = PositionBias.Of([.. judged.Where(item => item.Pair is not null).Select(item => item.Pair!)]),
            Members = PanelAgreement.Of([.. judged.Select(item => item.Votes)]),
            Groups = Groups(labels, usable, human, measures[0]),
        };
    }

    /// <summary>The measures that the labels allow, the one that gates look at first.</summary>
    private static List<AgreementMeasure> Measures(LabelSet labels, HumanLabels human) =>
        (labels.IsPairs, human.ArePreferences, human.AreWhole) switch
        {
            (true, true, _) => [AgreementMeasure.Kappa, AgreementMeasure.Accuracy, AgreementMeasure.Spearman],
            (true, false, _) => [AgreementMeasure.Spearman, AgreementMeasure.Kappa, AgreementMeasure.Accuracy],
            (false, _, true) => [AgreementMeasure.Spearman, AgreementMeasure.Kappa],
            _ => [AgreementMeasure.Spearman],
        };

    private static IReadOnlyList<GroupAgreement> Groups(LabelSet labels, List<JudgedItem> usable, HumanLabels human, AgreementMeasure measure) =>
        [
            .. usable
                .Where(item => item.Item.Group is not null)
                .GroupBy(item => item.Item.Group!)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Take(MaxGroups)
                .Select(group =>
                {
                    var raters = new Raters(labels, [.. group], human);
                    // In a group of pairs kappa fails as soon as one side is rare; the plain share is what readers compare.
                    return new GroupAgreement(group.Key, raters.Line(labels.IsPairs ? AgreementMeasure.Accuracy : measure));
                }),
        ];
}
