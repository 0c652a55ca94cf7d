using Assay.Evaluation.Asking;
using Assay.Evaluation.Judges;

namespace Assay.Evaluation.Tests.Judges;

public sealed class JudgeReplyTests
{
    private static readonly JudgeScale Words = new([new("good", 1, new Dictionary<string, string>()), new("bad", 0, new Dictionary<string, string>())]);

    [Theory]
    [InlineData("""{"score": 0.8, "reason": "Right."}""", 0.8)]
    [InlineData("""{"reason": "Right.", "score": 1}""", 1)]
    [InlineData("```json\n{\"score\": 0.25}\n```", 0.25)]
    [InlineData("```\n{\"score\": 0.25}\n```\n", 0.25)]
    [InlineData("Here is my judgement:\n{\"score\": 0, \"reason\": \"{braces}\"}\nThank you.", 0)]
    [InlineData("<think>Is it {\"score\": 1}? No.</think>{\"score\": 0.5}", 0.5)]
    [InlineData("""{"score": "0.75"}""", 0.75)]
    [InlineData("""{"score": 0.1, "pass": true, "verdict": "excellent"}""", 0.1)]
    [InlineData("""{"score": 0.5, "reason": "cut \ud83d"}""", 0.5)]
    public void A_score_is_read_whatever_stands_around_it(string text, double score) => Score(text).Value!.Score.ShouldBe(score);

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("  \n", "it is empty")]
    [InlineData("<think>hm</think>", "it is empty")]
    [InlineData("The answer is good.", "it has no JSON object")]
    [InlineData("<html><body>502 Bad Gateway</body></html>", "it has no JSON object")]
    [InlineData("""{"score": 0.8, "reason": "Ri""", "its JSON object does not end")]
    [InlineData("""{"score": 0.8, "reason": {"a": 1}""", "it is not exactly one complete JSON object")]
    [InlineData("""{"score": 0.8} {"score": 0.2}""", "it is not exactly one complete JSON object")]
    [InlineData("""{"score": 0.8, "\ud83d": 0.2}""", "it is not exactly one complete JSON object")]
    [InlineData("""{"score": "\ud83d"}""", "its \"score\" is \"\\ud83d\", and may be a number from 0 to 1")]
    [InlineData("""{"score": 0.8, "score": 0.2}""", "it is not exactly one complete JSON object")]
    [InlineData("""{"error": {"message": "overloaded"}}""", "its object has no \"score\"")]
    [InlineData("""{"score": 4}""", "its \"score\" is 4, and may be a number from 0 to 1")]
    [InlineData("""{"score": -0.1}""", "its \"score\" is -0.1, and may be a number from 0 to 1")]
    [InlineData("""{"score": "4/5"}""", "its \"score\" is \"4/5\", and may be a number from 0 to 1")]
    [InlineData("""{"score": "0,8"}""", "its \"score\" is \"0,8\", and may be a number from 0 to 1")]
    [InlineData("""{"score": "NaN"}""", "its \"score\" is \"NaN\", and may be a number from 0 to 1")]
    [InlineData("""{"score": null}""", "its \"score\" is null, and may be a number from 0 to 1")]
    [InlineData("""{"score": true}""", "its \"score\" is true, and may be a number from 0 to 1")]
    [InlineData("""{"score": [0.8]}""", "its \"score\" is [0.8], and may be a number from 0 to 1")]
    [InlineData("""{"score": 1e999}""", "its \"score\" is 1e999, and may be a number from 0 to 1")]
    public void What_means_no_score_is_told_and_never_guessed(string text, string problem)
    {
        var reply = Score(text);
        reply.Value.ShouldBeNull();
        reply.Problem.ShouldBe(problem);
    }

    [Fact]
    public void A_word_of_the_scale_is_its_score_and_no_other_word_is()
    {
        JsonReply.Read("""{"score": " Good "}""", said => JudgeReply.Score(said, Words)).Value!.Score.ShouldBe(1);
        JsonReply.Read("""{"score": "bad"}""", said => JudgeReply.Score(said, Words)).Value!.Score.ShouldBe(0);
        JsonReply.Read("""{"score": "fine"}""", said => JudgeReply.Score(said, Words)).Problem.ShouldBe("its \"score\" is \"fine\", and may be good, bad");
        JsonReply.Read("""{"score": 1}""", said => JudgeReply.Score(said, Words)).Problem.ShouldBe("its \"score\" is 1, and may be good, bad");
    }

    [Theory]
    [InlineData("first", Preference.A)]
    [InlineData("Second", Preference.B)]
    [InlineData("tie", Preference.Tie)]
    public void A_preference_is_a_place(string said, Preference meant) =>
        JsonReply.Read($"{{\"better\": \"{said}\"}}", JudgeReply.Pair).Value!.Better.ShouldBe(meant);

    [Theory]
    [InlineData("""{"better": "both"}""")]
    [InlineData("""{"better": 1}""")]
    [InlineData("""{"winner": "first"}""")]
    public void What_names_no_place_is_no_preference(string text) => JsonReply.Read(text, JudgeReply.Pair).Value.ShouldBeNull();

    [Fact]
    public void An_endless_reply_is_refused() => Score(new string('{', 1_000_001)).Problem.ShouldBe("it has 1000001 characters");

    private static Reading<ScoreReply> Score(string text) => JsonReply.Read(text, said => JudgeReply.Score(said, JudgeScale.Number));
}
