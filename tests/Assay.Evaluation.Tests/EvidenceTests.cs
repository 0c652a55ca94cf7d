using Assay.Statistics;

namespace Assay.Evaluation.Tests;

public sealed class EvidenceTests
{
    [Fact]
    public void Evidence_has_one_stable_form_and_reads_it_back()
    {
        var evidence = new Evidence(
            new Candidate
            {
                Commit = "abc1234",
                Prompts = ["answer@2"],
                DatasetHash = "00",
                Models = ["gpt-test"],
            },
            "judge mean",
            Verdict.NoData,
            "No case has a value.",
            DateTimeOffset.UnixEpoch,
            "1.0.0"
        )
        {
            Estimate = 0.5,
            Interval = new Interval(0.4, null, 0.9),
            Threshold = new Threshold(ThresholdSide.AtLeast, 0.7),
            N = 3,
            IsSmoke = true,
        };
        var json = evidence.ToJson();
        json.ShouldBe(
            """{"subject":{"commit":"abc1234","prompts":["answer@2"],"dataset_hash":"00","flags":"","models":["gpt-test"]},"metric":"judge mean","verdict":"no_data","reason":"No case has a value.","at":"1970-01-01T00:00:00+00:00","tool_version":"1.0.0","estimate":0.5,"interval":{"low":0.4,"confidence":0.9},"threshold":{"side":"at_least","value":0.7},"n":3,"method":"","trace_ids":[],"is_smoke":true}"""
        );
        Evidence.Parse(json).ToJson().ShouldBe(json);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("half a {")]
    public void What_is_no_evidence_is_refused(string text) => Should.Throw<AssayException>(() => Evidence.Parse(text)).ExitCode.ShouldBe(ExitCode.WrongUsage);

    [Theory]
    [InlineData(ThresholdSide.AtLeast, 0.7, true)]
    [InlineData(ThresholdSide.AtLeast, 0.69, false)]
    [InlineData(ThresholdSide.AtMost, 0.7, true)]
    [InlineData(ThresholdSide.AtMost, 0.71, false)]
    public void A_threshold_itself_is_good(ThresholdSide side, double figure, bool holds) => new Threshold(side, 0.7).Holds(figure).ShouldBe(holds);
}
