using Assay.Statistics.Tables;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>The judge, the annotators and the length of the answers as raters of the same items.</summary>
internal sealed class Raters(LabelSet labels, IReadOnlyList<JudgedItem> judged, HumanLabels human)
{
    private const string Humans = "humans";

    public AgreementLine Line(AgreementMeasure measure) =>
        new(
            measure,
            With("judge", measure, item => Judge(item, measure), item => Together(item.Item, measure)),
            labels.Annotators == 1 ? [] : [.. Enumerable.Range(0, labels.Annotators).Select(at => JudgeWith(at, measure))],
            [.. AnnotatorPairs().Select(pair => TwoAnnotators(pair.First, pair.Second, measure))],
            LengthLine(measure)
        );

    /// <summary>How judge and people follow the length of the answers.</summary>
    public LengthBias LengthBias() =>
        new(
            Figure("judge with length", AgreementMeasure.Spearman, judged.Select(item => Rated(item.Value!.Value, item.Item.Length, item.Item))),
            Figure($"{Humans} with length", AgreementMeasure.Spearman, judged.Select(item => Rated(HumanLabels.Mean(item.Item), item.Item.Length, item.Item)))
        );

    private AgreementFigure JudgeWith(int annotator, AgreementMeasure measure) =>
        Figure(
            $"judge with annotator {annotator + 1}",
            measure,
            judged
                .Where(item => Label(item.Item, annotator) is not null)
                .Select(item => Rated(Judge(item, measure), One(Label(item.Item, annotator)!.Value, measure), item.Item))
        );

    /// <summary>People are compared on all items, whether the judge failed there or not.</summary>
    private AgreementFigure TwoAnnotators(int first, int second, AgreementMeasure measure) =>
        Figure(
            $"annotator {first + 1} with {second + 1}",
            measure,
            labels
                .Items.Where(item => Label(item, first) is not null && Label(item, second) is not null)
                .Select(item => Rated(One(Label(item, first)!.Value, measure), One(Label(item, second)!.Value, measure), item))
        );

    private AgreementFigure? LengthLine(AgreementMeasure measure) =>
        measure == AgreementMeasure.Spearman ? With("length", measure, item => item.Item.Length, item => Together(item.Item, measure))
        : labels.IsPairs ? With("longer", measure, item => Math.Sign(item.Item.Length), item => Together(item.Item, measure))
        : null;

    private AgreementFigure With(string who, AgreementMeasure measure, Func<JudgedItem, double> first, Func<JudgedItem, double> second) =>
        Figure($"{who} with {Humans}", measure, judged.Select(item => Rated(first(item), second(item), item.Item)));

    private AgreementFigure Figure(string between, AgreementMeasure measure, IEnumerable<RatedItem> items) =>
        Agreement.Of(measure, between, [.. items], labels.IsPairs ? KappaWeights.None : KappaWeights.Quadratic);

    /// <summary>What the judge says on the scale of the measure.</summary>
    private double Judge(JudgedItem item, AgreementMeasure measure) =>
        measure == AgreementMeasure.Spearman ? item.Value!.Value
        : labels.IsPairs ? item.Preference!.Value.Margin()
        : human.GradeOf(item.Value!.Value);

    /// <summary>What the people say together on that scale.</summary>
    private double Together(LabelledItem item, AgreementMeasure measure) =>
        measure == AgreementMeasure.Spearman ? HumanLabels.Mean(item)
        : labels.IsPairs ? HumanLabels.Preferred(item)
        : HumanLabels.Grade(HumanLabels.Mean(item));

    private double One(double label, AgreementMeasure measure) => measure != AgreementMeasure.Spearman && labels.IsPairs ? Math.Sign(label) : label;

    private IEnumerable<(int First, int Second)> AnnotatorPairs() =>
        from first in Enumerable.Range(0, labels.Annotators)
        from second in Enumerable.Range(first + 1, labels.Annotators - first - 1)
        where labels.Items.Any(item => Label(item, first) is not null && Label(item, second) is not null)
        select (first, second);

    private static double? Label(LabelledItem item, int annotator) => annotator < item.Labels.Count ? item.Labels[annotator] : null;

    private static RatedItem Rated(double first, double second, LabelledItem item) => new(first, second, item.Cluster);
}
