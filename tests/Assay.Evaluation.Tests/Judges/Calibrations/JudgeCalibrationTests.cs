using Assay.Evaluation.Judges;
using Assay.Evaluation.Judges.Calibrations;

namespace Assay.Evaluation.Tests.Judges.Calibrations;

public sealed class JudgeCalibrationTests
{
    [Fact]
    public void A_judge_that_says_what_people_say_agrees_with_them_and_a_reversed_one_does_not()
    {
        var labels = Grades(40, i => [1 + (i % 5), 1 + ((i + (i % 3)) % 5)]);
        var same = Report(labels, item => (HumanMean(item) - 1) / 4);
        same.Main.Estimate.ShouldBe(1);
        same.Agreement[1].Measure.ShouldBe(AgreementMeasure.Kappa);
        Report(labels, item => 1 - ((HumanMean(item) - 1) / 4)).Main.Estimate.ShouldBe(-1);
    }

    [Fact]
    public void A_judge_with_one_answer_for_all_has_no_agreement_and_never_passes()
    {
        var report = Report(Grades(40, i => [1 + (i % 5)]), _ => 0.5);
        report.Main.Estimate.ShouldBeNull();
        report.Main.Reason!.ShouldContain("does not vary");
        CalibrationGate.Decide(report, -1).Verdict.ShouldBe(Verdict.NoData);
    }

    [Fact]
    public void Items_without_a_judgement_are_counted_and_leave_the_figures_of_people_alone()
    {
        var labels = Grades(40, i => [1 + (i % 5), 1 + (i % 4)]);
        var all = Report(labels, item => item.Length / 1000);
        var some = Report(labels, item => item.Id is "0" or "1" ? null : item.Length / 1000);
        (some.Judged, some.Errors).ShouldBe((38, 2));
        some.ErrorExamples.ShouldBe(["0: broke", "1: broke"]);
        some.Main.N.ShouldBe(38);
        some.Agreement[0].Humans.ShouldBe(all.Agreement[0].Humans);
    }

    [Fact]
    public void A_judge_that_follows_length_is_found_out()
    {
        var report = Report(Grades(60, i => [1 + (i * 7 % 5)]), item => Math.Min(1, item.Length / 200));
        report.LengthBias.Judge.Estimate!.Value.ShouldBeGreaterThan(0.99);
        Math.Abs(report.LengthBias.Humans.Estimate!.Value).ShouldBeLessThan(0.3);
    }

    [Fact]
    public void Clusters_widen_the_interval_of_items_that_repeat_each_other()
    {
        var alone = Grades(200, i => [1 + (i / 10 % 5)]);
        var clustered = alone with { Items = [.. alone.Items.Select(item => item with { Cluster = $"c{int.Parse(item.Id) / 10}" })] };
        double? Score(LabelledItem item) => ((HumanMean(item) * 2) + (int.Parse(item.Id) / 10 * 7 % 11)) / 30;
        var (plain, robust) = (Report(alone, Score).Main, Report(clustered, Score).Main);
        robust.Estimate.ShouldBe(plain.Estimate);
        robust.Method.ShouldContain("over 20 clusters");
        (robust.High - robust.Low)!.Value.ShouldBeGreaterThan(1.5 * (plain.High - plain.Low)!.Value);
    }

    [Fact]
    public void Preferences_are_compared_by_kappa_and_grades_by_rank()
    {
        Report(Pairs(-1, 0, 1, 1, -1), _ => 0.1).Agreement[0].Measure.ShouldBe(AgreementMeasure.Kappa);
        Report(Pairs(-2, 0, 1, 1, -1), _ => 0.1).Agreement[0].Measure.ShouldBe(AgreementMeasure.Spearman);
        Report(Grades(5, i => [i * 0.25]), _ => 0.1).Agreement.Count.ShouldBe(1);
    }

    [Fact]
    public void What_most_people_prefer_is_what_they_say_together()
    {
        double Together(params double?[] labels) => HumanLabels.Preferred(new LabelledItem("1", "", labels) { A = "" });
        Together(-1, 0, 0).ShouldBe(0);
        Together(-1, -1, 1).ShouldBe(-1);
        Together(-1, 0, 1).ShouldBe(0);
        Together(0, 2).ShouldBe(1);
        Together(-2, 1).ShouldBe(-1);
        Together(null, 1).ShouldBe(1);
    }

    [Theory]
    [InlineData(0.9, 0.95, 0, 0.8, Verdict.Pass)]
    [InlineData(0.6, 0.75, 0, 0.8, Verdict.Fail)]
    [InlineData(0.7, 0.9, 0, 0.8, Verdict.Inconclusive)]
    [InlineData(0.9, 0.95, 6, 0.8, Verdict.Inconclusive)]
    [InlineData(0.9, 0.95, 5, 0.8, Verdict.Pass)]
    [InlineData(0.6, 0.75, 50, 0.8, Verdict.Fail)]
    public void The_interval_decides(double low, double high, int errors, double least, Verdict verdict)
    {
        var figure = new AgreementFigure("judge with humans", (low + high) / 2, low, high, 100, "m", null);
        var line = new AgreementLine(AgreementMeasure.Kappa, figure, [], [], null);
        var report = new CalibrationReport("j", "f", new LabelSource("l", "h", true, 100, 1))
        {
            Judged = 100 - errors,
            Errors = errors,
            Agreement = [line],
            LengthBias = new LengthBias(figure, figure),
        };
        var decision = CalibrationGate.Decide(report, least);
        decision.Verdict.ShouldBe(verdict);
        decision.Reason.ShouldStartWith("Cohen's κ is ");
    }

    [Fact]
    public void What_is_missing_is_told_in_labels()
    {
        var figure = new AgreementFigure("judge with humans", 0.85, 0.75, 0.95, 100, "m", null);
        var report = Report(Grades(40, i => [1 + (i % 5)]), item => item.Length / 1000) with
        {
            Agreement = [new(AgreementMeasure.Spearman, figure, [], [], null)],
            Errors = 0,
        };
        // Half the interval, 0.1, is to shrink to 0.05: four times the labels.
        CalibrationGate.Decide(report, 0.8).Reason.ShouldEndWith("about 400 labels decide.");
        CalibrationGate.Decide(report, 0.85).Reason.ShouldContain("No number of labels");
    }

    [Fact]
    public void A_kept_calibration_comes_back_and_is_void_for_another_judge()
    {
        using var folder = new TemporaryFolder();
        var judge = new OfflineJudge();
        var report = Report(Grades(40, i => [1 + (i % 5), 1 + (i % 4)]), item => item.Length / 1000) with
        {
            Judge = judge.Name,
            Fingerprint = judge.Fingerprint,
        };
        var stored = new StoredCalibration(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), report);
        stored.Save(folder.Path).ShouldEndWith("offline_overlap.json");
        var found = StoredCalibration.Find(folder.Path, judge.Name)!;
        found.At.ShouldBe(stored.At);
        found.Report.Main.ShouldBe(report.Main);
        found.Report.Labels.ShouldBe(report.Labels);
        found.IsVoid((IJudge)judge).ShouldBeFalse();
        (found with { Report = report with { Fingerprint = "other" } }).IsVoid((IJudge)judge).ShouldBeTrue();
        StoredCalibration.Find(folder.Path, "nobody").ShouldBeNull();
        folder.Write("broken.json", "{");
        Should.Throw<AssayException>(() => StoredCalibration.Find(folder.Path, "broken")).Fix.ShouldContain("Calibrate again");
    }

    private static double HumanMean(LabelledItem item) => item.Labels.Where(label => label is not null).Average(label => label!.Value);

    private static LabelSet Grades(int n, Func<int, double[]> labels) =>
        new(
            "l",
            "h",
            [
                .. Enumerable
                    .Range(0, n)
                    .Select(i => new LabelledItem($"{i}", "?", [.. labels(i).Select(label => (double?)label)]) { A = new string('x', 1 + (i * 37 % 199)) }),
            ]
        );

    private static LabelSet Pairs(params double[] labels) =>
        new("l", "h", [.. labels.Select((label, i) => new LabelledItem($"{i}", "?", [label]) { A = "a", B = new string('b', i) })]);

    private static CalibrationReport Report(LabelSet labels, Func<LabelledItem, double?> score) =>
        JudgeCalibration.Of("j", "f", labels, [.. labels.Items.Select(item => Judged(item, score(item)))]);

    private static JudgedItem Judged(LabelledItem item, double? score) =>
        item.B is null
            ? JudgedItem.Of(item, new Judgement(score, score is null ? "broke" : "said", []))
            : JudgedItem.Of(item, new PairJudgement(score is null ? null : Preference.B, score ?? 0, "said", []));
}
