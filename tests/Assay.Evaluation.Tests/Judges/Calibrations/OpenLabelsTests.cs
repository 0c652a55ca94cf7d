using Assay.Evaluation.Judges;
using Assay.Evaluation.Judges.Calibrations;

namespace Assay.Evaluation.Tests.Judges.Calibrations;

/// <summary>
/// Figures of people, of length and of the offline judge on open collections. The exact ones were computed apart from this library (Python, from the
/// textbook formulas); the published ones were taken on other halves of the same collections, so the interval has to hold them.
/// </summary>
public sealed class OpenLabelsTests
{
    [Fact]
    public async Task PandaLm_people_agree_and_the_longer_answer_is_no_judge()
    {
        var report = await CalibrateAsync(OpenLabels.PandaLm());
        var kappa = report.Agreement[0];
        kappa.Measure.ShouldBe(AgreementMeasure.Kappa);
        Exactly(kappa.Humans[0], 0.8321880650994575, 493);
        Exactly(kappa.Humans[1], 0.8526494072102588, 493);
        Exactly(kappa.Humans[2], 0.8330134357005758, 493);
        // Published κ .85 to .88 for people, .30 for the longer answer.
        kappa.Humans.ShouldAllBe(pair => pair.Low < 0.85 && pair.High > 0.85);
        Exactly(kappa.Length!, 0.27581630142195634, 493);
        Holds(kappa.Length!, 0.30);
        Exactly(report.Agreement[1].Length!, 0.6004056795131846, 493);
    }

    [Fact]
    public async Task JudgeRag_people_agree_more_than_words_or_length_with_them()
    {
        var report = await CalibrateAsync(OpenLabels.JudgeRag());
        var spearman = report.Agreement[0];
        spearman.Measure.ShouldBe(AgreementMeasure.Spearman);
        // Published: people .69, token recall .46, length .26.
        Exactly(spearman.Humans.ShouldHaveSingleItem(), 0.6794967628284967, 141);
        Holds(spearman.Humans[0], 0.69);
        Exactly(spearman.Length!, 0.23396432584599416, 141);
        Holds(spearman.Length!, 0.26);
        Holds(spearman.Judge, 0.46);
    }

    [Fact]
    public async Task LlmBar_sets_a_trap_for_whoever_prefers_the_longer_answer()
    {
        var report = await CalibrateAsync(OpenLabels.LlmBar());
        report.Agreement[0].Humans.ShouldBeEmpty();
        var right = report.Groups.Where(group => group.Group.StartsWith("Adversarial/")).ToDictionary(group => group.Group, group => group.Line.Length!);
        right.Count.ShouldBe(4);
        Exactly(right["Adversarial/GPTInst"], 5 / 44.0, 44);
        Exactly(right["Adversarial/GPTOut"], 8 / 25.0, 25);
        Exactly(right["Adversarial/Manual"], 5 / 24.0, 24);
        Exactly(right["Adversarial/Neighbor"], 11 / 70.0, 70);
        // Published: right in only 12 to 45 %.
        right.Values.ShouldAllBe(figure => figure.Low < 0.45 && figure.High > 0.12);
    }

    [Fact]
    public async Task CodeReview_people_agree_and_reviews_of_one_diff_are_no_independent_evidence()
    {
        var report = await CalibrateAsync(OpenLabels.CodeReview("python"));
        var spearman = report.Agreement[0];
        // Published: people .73, claim-token recall .42 to .46, length .30.
        Exactly(spearman.Humans.ShouldHaveSingleItem(), 0.7220502263463555, 264);
        Holds(spearman.Humans[0], 0.73);
        Exactly(spearman.Length!, 0.31807031210636927, 935);
        Holds(spearman.Length!, 0.30);
        Exactly(spearman.Judge, 0.5192543654649485, 935);
        spearman.Judge.Method.ShouldContain("over 98 clusters");
        Exactly(report.Agreement[1].Humans[0], 0.729012390937752, 264);
    }

    [Fact]
    public async Task CodeReview_of_Java_is_rated_by_one_person_a_diff()
    {
        var report = await CalibrateAsync(OpenLabels.CodeReview("java"));
        report.Agreement[0].Humans.ShouldBeEmpty();
        Exactly(report.Agreement[0].Length!, 0.2859992751598939, 935);
    }

    private static async Task<CalibrationReport> CalibrateAsync(LabelSet labels)
    {
        var judge = new OfflineJudge();
        var stop = TestContext.Current.CancellationToken;
        var judged = labels.IsPairs
            ? await LabelJudging.RunAsync(labels, (IPairwiseJudge)judge, 2, null, stop)
            : await LabelJudging.RunAsync(labels, (IJudge)judge, 2, null, stop);
        var report = JudgeCalibration.Of(judge.Name, judge.Fingerprint, labels, judged);
        Print(report);
        return report;
    }

    private static void Print(CalibrationReport report)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"{report.Labels.Items} items, {report.Errors} without a judgement");
        foreach (var line in report.Agreement)
        {
            foreach (var figure in line.Annotators.Prepend(line.Judge).Concat(line.Humans).Append(line.Length))
            {
                TestContext.Current.TestOutputHelper!.WriteLine($"{line.Measure} {figure}");
            }
        }

        foreach (var group in report.Groups)
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{group.Group}: {group.Line.Judge.Estimate:0.00}; longer {group.Line.Length?.Estimate:0.00}");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{report.LengthBias}");
    }

    private static void Exactly(AgreementFigure figure, double estimate, long n)
    {
        figure.N.ShouldBe(n, figure.Between);
        figure.Estimate!.Value.ShouldBe(estimate, 1e-12, figure.Between);
    }

    private static void Holds(AgreementFigure figure, double published)
    {
        figure.Low!.Value.ShouldBeLessThan(published, figure.Between);
        figure.High!.Value.ShouldBeGreaterThan(published, figure.Between);
    }
}
