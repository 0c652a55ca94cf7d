using Assay.Evaluation.Judges;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Metrics.Judged;

public sealed class JudgeScoreTests
{
    private static readonly Case Asked = new("1", "Столица?") { Expected = "Париж", Contexts = ["из случая"] };

    [Fact]
    public async Task The_score_of_the_judge_is_the_value()
    {
        var judge = new SayingJudge(new Judgement(0.75, "Почти.", [new CallFacts("m", 1, 1, FromCache: false, null, null)]));
        var metric = Of(judge);
        var measured = await metric.MeasuredAs(Asked, new Answer("Париж?", "m"));
        measured.Result.ShouldBe(new Measurement.Value(0.75, "Почти."));
        measured.Calls.Count.ShouldBe(1);
        metric.Fingerprint.ShouldBe("fingerprint");
        judge.Question.ShouldNotBeNull().Language.ShouldBe("ru");
        judge.Question.Contexts.ShouldBe(["из случая"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public async Task A_judge_without_a_usable_score_is_an_error(double? score)
    {
        (await Of(new SayingJudge(new Judgement(score, "no", []))).MeasuredAs(Asked, new Answer("x", "m"))).Result.ShouldBeOfType<Measurement.Error>();
    }

    private static IMetric Of(IJudge judge) =>
        Metric.Of(
            "{kind: judge, judge: quality}",
            new MetricSources { Judge = entry => entry.Judge == "quality" ? judge : throw AssayException.Usage("no", "none") }
        );

    private sealed class SayingJudge(Judgement judgement) : IJudge
    {
        public JudgeQuestion? Question { get; private set; }

        public string Name => "quality";

        public string Fingerprint => "fingerprint";

        public ValueTask<Judgement> JudgeAsync(JudgeQuestion question, int repeat, CancellationToken cancellationToken)
        {
            Question = question;
            return ValueTask.FromResult(judgement);
        }
    }
}
