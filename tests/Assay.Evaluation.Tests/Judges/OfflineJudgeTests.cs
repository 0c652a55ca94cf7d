using Assay.Evaluation.Judges;

namespace Assay.Evaluation.Tests.Judges;

public sealed class OfflineJudgeTests
{
    private static readonly OfflineJudge Judge = new();

    [Theory]
    [InlineData("Roll back the release with one command.", "To roll back a release, run the command.", 0.8)]
    [InlineData("The releases were rolled back with commands", "To roll back a release, run the command.", 0.8)]
    [InlineData("", "To roll back a release, run the command.", 0)]
    [InlineData("to the", "To roll back a release, run the command.", 0)]
    [InlineData("Релизы откатили командой", "Откатите релиз командами", 1)]
    public async Task The_score_is_the_share_of_the_references_content_words(string answer, string expected, double score) =>
        (await ScoreAsync(answer, expected)).Score!.Value.ShouldBe(score, 1e-9);

    [Fact]
    public async Task Without_a_reference_it_is_the_share_of_the_answer_that_the_passages_hold()
    {
        (await ScoreAsync("Canaries get five percent", null, "A canary gets five percent of the traffic.", "It is rolled back.")).Score.ShouldBe(1);
        var half = await ScoreAsync("Canary dances", null, "A canary gets five percent.");
        half.Score.ShouldBe(0.5);
        half.Reason.ShouldBe("1 of its 2 content words are in the passages.");
    }

    [Fact]
    public async Task With_nothing_to_compare_with_there_is_no_score()
    {
        (await ScoreAsync("Something", null)).Score.ShouldBeNull();
        (await ScoreAsync("Something", "  ")).Score.ShouldBeNull();
        (await ScoreAsync("Something", "to be or not to be")).Score.ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_answers_the_one_with_more_of_the_reference_wins_in_either_order()
    {
        var question = new PairQuestion("?", "roll back", "roll back the release", "Roll back the release", [], "en");
        var judgement = await Judge.CompareAsync(question, 0, TestContext.Current.CancellationToken);
        judgement.Preference.ShouldBe(Preference.B);
        judgement.Margin.ShouldBe(1 / 3.0, 1e-9);
        (await Judge.CompareAsync(question with { A = question.B, B = question.A }, 0, TestContext.Current.CancellationToken)).Preference.ShouldBe(
            Preference.A
        );
        (await Judge.CompareAsync(question with { A = question.B }, 0, TestContext.Current.CancellationToken)).Preference.ShouldBe(Preference.Tie);
        judgement.Flipped.ShouldBeFalse();
    }

    [Fact]
    public void It_is_named_for_what_it_is() => Judge.Name.ShouldStartWith("offline/");

    private static ValueTask<Judgement> ScoreAsync(string answer, string? expected, params string[] contexts) =>
        Judge.JudgeAsync(new JudgeQuestion("?", answer, expected, contexts, "en"), 0, TestContext.Current.CancellationToken);
}
