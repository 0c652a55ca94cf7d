using Assay.Evaluation.Judges;
using Assay.Models.Calls;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Judges;

public sealed class RubricJudgeTests
{
    private const string Good = """{"reason": "Right.", "score": 0.9}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_judge_is_asked_in_the_language_of_the_question_with_all_that_is_known()
    {
        using var client = new ScriptedClient(Good);
        var judge = new RubricJudge("quality", [TestPrompts.Rubric(), TestPrompts.Rubric("ru")], JudgeScale.Number, client, "m");
        var judgement = await judge.JudgeAsync(TestPrompts.Question("ru"), repeat: 3, Stop);
        judgement.Score.ShouldBe(0.9);
        judgement.Reason.ShouldBe("Right.");
        judgement.Calls.Count.ShouldBe(1);
        client.Asked[0][0].Text.ShouldStartWith("Grade. Оценка: число от 0");
        client.Asked[0][1].Text.ShouldBe("Q Why? R Since. P (нет) A Because.");
        var options = client.Options[0];
        options.ModelId.ShouldBe("m");
        options.Temperature.ShouldBe(0);
        options.Seed.ShouldBe(3);
        var format = options.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>();
        format.Schema!.Value.GetProperty("required").EnumerateArray().Select(one => one.GetString()).ShouldBe(["reason", "score"]);
    }

    [Fact]
    public async Task An_unusable_reply_is_shown_to_the_judge_with_what_is_wrong_and_asked_for_once_more()
    {
        using var client = new ScriptedClient("Fine, I think.", Good);
        var judgement = await Judge(client).JudgeAsync(TestPrompts.Question(), 0, Stop);
        judgement.Score.ShouldBe(0.9);
        judgement.Calls.Count.ShouldBe(2);
        client.Asked[1].Count.ShouldBe(4);
        client.Asked[1][2].Role.ShouldBe(ChatRole.Assistant);
        client.Asked[1][2].Text.ShouldBe("Fine, I think.");
        client.Asked[1][3].Text.ShouldContain("it has no JSON object");
    }

    [Fact]
    public async Task A_judge_that_gives_no_usable_reply_twice_has_no_score()
    {
        using var client = new ScriptedClient("<html>", """{"score": 7}""", Good);
        var judgement = await Judge(client).JudgeAsync(TestPrompts.Question(), 0, Stop);
        judgement.Score.ShouldBeNull();
        judgement.Reason.ShouldBe("The model gave no usable answer in 2 attempts: its \"score\" is 7, and may be a number from 0 to 1");
        judgement.Calls.Count.ShouldBe(2);
        client.Asked.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(ModelFault.RateLimited)]
    [InlineData(ModelFault.TimedOut)]
    [InlineData(ModelFault.Malformed)]
    [InlineData(ModelFault.Unavailable)]
    [InlineData(ModelFault.CircuitOpen)]
    [InlineData(ModelFault.Rejected)]
    [InlineData(ModelFault.NotCached)]
    public async Task A_call_that_fails_is_no_score_and_its_cost_is_kept(ModelFault fault)
    {
        var facts = new CallFacts("m", 1, 3, false, null, null);
        using var client = new ScriptedClient(_ => "prose", _ => throw new ModelCallException(fault, "It failed.", facts));
        var judgement = await Judge(client).JudgeAsync(TestPrompts.Question(), 0, Stop);
        judgement.Score.ShouldBeNull();
        judgement.Reason.ShouldBe("It failed.");
        judgement.Calls.Count.ShouldBe(2);
        judgement.Calls[1].ShouldBe(facts);
    }

    [Theory]
    [InlineData(ModelFault.Refused)]
    [InlineData(ModelFault.OverBudget)]
    public async Task A_refusal_or_a_spent_budget_stops_the_work(ModelFault fault)
    {
        using var client = new ScriptedClient(_ => throw new ModelCallException(fault, "No."));
        (await Should.ThrowAsync<ModelCallException>(async () => await Judge(client).JudgeAsync(TestPrompts.Question(), 0, Stop))).Fault.ShouldBe(fault);
    }

    [Fact]
    public void The_fingerprint_follows_prompt_model_scale_and_kind()
    {
        using var client = new ScriptedClient(Good);
        var scale = new JudgeScale([new("good", 1, new Dictionary<string, string> { ["en"] = "right" }), new("bad", 0, new Dictionary<string, string>())]);
        string Of(string hash, string model, JudgeScale of) => new RubricJudge("x", [TestPrompts.Rubric(hash: hash)], of, client, model).Fingerprint;
        string[] all =
        [
            Of("h1", "m", JudgeScale.Number),
            Of("h2", "m", JudgeScale.Number),
            Of("h1", "n", JudgeScale.Number),
            Of("h1", "m", scale),
            Of("h1", "m", scale with { Levels = [scale.Levels[0] with { Score = 0.9 }, scale.Levels[1]] }),
            new RubricJudge("x", [TestPrompts.Rubric()], JudgeScale.Number, client, "m", "object").Fingerprint,
            new PairwiseJudge("x", [TestPrompts.Rubric()], client, "m").Fingerprint,
            new OfflineJudge().Fingerprint,
        ];
        all.Distinct().Count().ShouldBe(all.Length);
        all.ShouldAllBe(one => one.Length == 64);
        new RubricJudge("another name", [TestPrompts.Rubric()], JudgeScale.Number, client, "m").Fingerprint.ShouldBe(all[0]);
    }

    private static RubricJudge Judge(IChatClient client) => new("quality", [TestPrompts.Rubric()], JudgeScale.Number, client, "m");
}
