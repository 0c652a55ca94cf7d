using Assay.Evaluation.Judges;
using Assay.Evaluation.Judges.Calibrations;

namespace Assay.Evaluation.Tests.Judges;

public sealed class PairwiseJudgeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("first", "second", Preference.A, false)]
    [InlineData("second", "first", Preference.B, false)]
    [InlineData("tie", "tie", Preference.Tie, false)]
    [InlineData("first", "first", Preference.Tie, true)]
    [InlineData("second", "second", Preference.Tie, true)]
    [InlineData("first", "tie", Preference.Tie, true)]
    public async Task Both_orders_must_agree(string withAFirst, string withBFirst, Preference preference, bool flipped)
    {
        using var client = new ScriptedClient(Says(withAFirst), Says(withBFirst));
        var judgement = await new PairwiseJudge("pair", [TestPrompts.Pair()], client, "m").CompareAsync(TestPrompts.Pairs("one", "two"), 0, Stop);
        judgement.Preference.ShouldBe(preference);
        judgement.Flipped.ShouldBe(flipped);
        judgement.Calls.Count.ShouldBe(2);
        client.Asked[0][0].Text.ShouldBe("Q Why? 1 one 2 two");
        client.Asked[1][0].Text.ShouldBe("Q Why? 1 two 2 one");
    }

    [Fact]
    public async Task A_pair_without_a_usable_reply_is_an_error_and_its_other_order_is_not_paid_for()
    {
        using var client = new ScriptedClient("prose");
        var judgement = await new PairwiseJudge("pair", [TestPrompts.Pair()], client, "m").CompareAsync(TestPrompts.Pairs(), 0, Stop);
        judgement.Preference.ShouldBeNull();
        judgement.Flipped.ShouldBeFalse();
        client.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Flips_are_counted_with_the_place_that_won()
    {
        // The longer answer wins, but of two that are equally long whichever stands first.
        using var client = new ScriptedClient(messages => Says(FirstOrLonger(messages[0].Text)));
        var judge = new PairwiseJudge("pair", [TestPrompts.Pair()], client, "m");
        var judgements = new List<PairJudgement>();
        foreach (var (a, b) in ((string, string)[])[("aa", "b"), ("a", "bb"), ("a", "b"), ("c", "d")])
        {
            judgements.Add(await judge.CompareAsync(TestPrompts.Pairs(a, b), 0, Stop));
        }

        var position = PositionBias.Of(judgements)!;
        (position.Pairs, position.Flipped, position.FirstWins, position.SecondWins).ShouldBe((4, 2, 2, 0));
        position.FlipRate.Estimate.ShouldBe(0.5);
        PositionBias.Of([]).ShouldBeNull();
    }

    private static string FirstOrLonger(string asked)
    {
        var words = asked.Split(' ');
        return words[5].Length > words[3].Length ? "second" : "first";
    }

    private static string Says(string place) => $$"""{"reason": "So.", "better": "{{place}}"}""";
}
