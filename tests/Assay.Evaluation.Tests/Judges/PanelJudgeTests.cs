using Assay.Evaluation.Judges;
using Assay.Evaluation.Judges.Calibrations;
using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Judges;

public sealed class PanelJudgeTests
{
    [Fact]
    public async Task The_mean_of_those_who_gave_a_score_counts_and_who_is_missing_is_named()
    {
        var judgement = await JudgeAsync(PanelRule.Mean, 0.9, 0.5, null);
        judgement.Score!.Value.ShouldBe(0.7, 1e-12);
        judgement.Reason.ShouldBe("2 of 3 judges gave a score. j0: 0.9 (said) j1: 0.5 (said) j2: no score (said)");
        judgement.Votes.Select(vote => vote.Score).ShouldBe([0.9, 0.5, null]);
        judgement.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_panel_of_which_half_is_missing_has_no_score()
    {
        (await JudgeAsync(PanelRule.Mean, 0.9, null)).Score.ShouldBeNull();
        (await JudgeAsync(PanelRule.Majority, 0.9, null, null)).Score.ShouldBeNull();
    }

    [Theory]
    [InlineData(0.8, 0.7, 0.1, 1)]
    [InlineData(0.8, 0.2, 0.1, 0)]
    [InlineData(0.6, 0.6, 0.6, 1)]
    public async Task The_majority_is_counted_at_the_threshold(double a, double b, double c, double score) =>
        (await JudgeAsync(PanelRule.Majority, a, b, c)).Score.ShouldBe(score);

    [Fact]
    public async Task A_split_majority_is_half() => (await JudgeAsync(PanelRule.Majority, 0.9, 0.1)).Score.ShouldBe(0.5);

    [Fact]
    public void The_fingerprint_follows_members_and_rule()
    {
        string Of(PanelRule rule, double threshold, params double?[] scores) => Panel(rule, threshold, scores).Fingerprint;
        Of(PanelRule.Mean, 0.5, 1, 1).ShouldBe(Of(PanelRule.Mean, 0.9, 0, 0));
        Of(PanelRule.Majority, 0.5, 1, 1).ShouldNotBe(Of(PanelRule.Majority, 0.9, 1, 1));
        Of(PanelRule.Majority, 0.5, 1, 1).ShouldNotBe(Of(PanelRule.Mean, 0.5, 1, 1));
        Of(PanelRule.Mean, 0.5, 1, 1).ShouldNotBe(Of(PanelRule.Mean, 0.5, 1, 1, 1));
    }

    [Fact]
    public void The_agreement_of_members_leaves_out_what_one_of_them_did_not_score()
    {
        IReadOnlyList<JudgeVote> Votes(double? a, double? b) => [new("x", a, ""), new("y", b, "")];
        var figures = PanelAgreement.Of([Votes(0, 0), Votes(1, 1), Votes(0.5, 0.5), Votes(1, null), Votes(0.2, 0.2)]);
        var figure = figures.ShouldHaveSingleItem();
        figure.Between.ShouldBe("x with y");
        figure.N.ShouldBe(4);
        figure.Estimate.ShouldBe(1);
        PanelAgreement
            .Of([
                [],
                [],
            ])
            .ShouldBeEmpty();
    }

    private static ValueTask<Judgement> JudgeAsync(PanelRule rule, params double?[] scores) =>
        Panel(rule, 0.6, scores).JudgeAsync(TestPrompts.Question(), 0, TestContext.Current.CancellationToken);

    private static PanelJudge Panel(PanelRule rule, double threshold, double?[] scores) =>
        new("panel", [.. scores.Select((score, at) => new Fixed($"j{at}", score))], rule, threshold);

    private sealed class Fixed(string name, double? score) : IJudge
    {
        public string Name => name;

        public string Fingerprint => name;

        public ValueTask<Judgement> JudgeAsync(JudgeQuestion question, int repeat, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new Judgement(score, "said", [new CallFacts(name, 1, 1, false, null, null)]));
    }
}
