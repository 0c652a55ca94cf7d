using System.Text.Json;
using Assay.Evaluation.Judges;
using Assay.Evaluation.Prompts;
using Assay.Evaluation.Tests.Models;
using Assay.Models;
using Assay.Models.Calls;
using Microsoft.AspNetCore.Http;

namespace Assay.Evaluation.Tests.Judges;

/// <summary>The shipped judges with the real client against a real server, which also misbehaves.</summary>
public sealed class JudgeOverHttpTests
{
    private const string Good = """{"reason": "Everything is there.", "score": "good"}""";

    private static readonly CallLimits Short = new()
    {
        AttemptTimeout = TimeSpan.FromMilliseconds(200),
        TotalBudget = TimeSpan.FromSeconds(2),
        MaxRetries = 1,
        FirstWait = TimeSpan.FromMilliseconds(1),
    };

    [Fact]
    public async Task A_shipped_judge_asks_for_its_schema_in_the_language_of_the_question_and_reads_a_fenced_reply()
    {
        await using var server = await ModelServer.StartAsync(Says($"```json\n{Good}\n```"));
        var judgement = await JudgeAsync(server, new JudgeQuestion("Как откатить?", "Командой.", "Одной командой.", ["Откат: одна команда."], "ru"));
        judgement.Score.ShouldBe(0.75);
        judgement.Reason.ShouldBe("Everything is there.");
        judgement.Calls.ShouldHaveSingleItem().Tokens.ShouldNotBeNull();
        using var seen = JsonDocument.Parse(server.Seen.ShouldHaveSingleItem().Body);
        var root = seen.RootElement;
        root.GetProperty("temperature").GetDouble().ShouldBe(0);
        root.GetProperty("messages")[0].GetProperty("content").GetString()!.ShouldContain("- excellent: есть все факты эталона, ошибок нет");
        root.GetProperty("messages")[1].GetProperty("content").GetString()!.ShouldContain("[1] Откат: одна команда.");
        var schema = root.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema");
        schema.GetProperty("properties").GetProperty("score").GetProperty("enum").GetArrayLength().ShouldBe(5);
    }

    [Theory]
    [InlineData("The answer is good.")]
    [InlineData("")]
    [InlineData("{\"reason\": \"Everything is th")]
    [InlineData("{\"reason\": \"\", \"score\": \"great\"}")]
    public async Task A_reply_that_cannot_be_used_is_asked_for_once_more(string first)
    {
        await using var server = await ModelServer.StartAsync(Says(first), Says(Good));
        var judgement = await JudgeAsync(server, Question);
        judgement.Score.ShouldBe(0.75);
        judgement.Calls.Count.ShouldBe(2);
        server.Seen.Last().Body.ShouldContain("This answer cannot be used");
    }

    [Fact]
    public async Task Html_an_error_body_with_200_a_rate_limit_without_end_and_a_hung_socket_are_no_scores()
    {
        (Func<HttpContext, Task> Answer, CallLimits Limits)[] faults =
        [
            (ModelServer.Html("<html>502 Bad Gateway</html>"), Fixtures.Quick),
            (ModelServer.Json(Fixtures.Error("overloaded", "server_error")), Fixtures.Quick),
            (ModelServer.Json("""{"choices": [{"message": {"content": """), Fixtures.Quick),
            (ModelServer.Json(Fixtures.Error("slow down", "rate_limit_exceeded"), 429, ("Retry-After", "0")), Fixtures.Quick),
            (ModelServer.Json(Fixtures.Error("no such model", "model_not_found"), 404), Fixtures.Quick),
            (ModelServer.Hang, Short),
            (ModelServer.Reset, Fixtures.Quick),
        ];
        foreach (var (answer, limits) in faults)
        {
            await using var server = await ModelServer.StartAsync(answer);
            var judgement = await JudgeAsync(server, Question, limits);
            judgement.Score.ShouldBeNull(judgement.Reason);
            judgement.Reason.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refusal_stops_the_work(int status)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Error("wrong key", "invalid_api_key"), status));
        (await Should.ThrowAsync<ModelCallException>(() => JudgeAsync(server, Question))).Fault.ShouldBe(ModelFault.Refused);
        server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_shipped_pairwise_judge_asks_in_both_orders()
    {
        await using var server = await ModelServer.StartAsync(Says("""{"reason": "x", "better": "first"}"""), Says("""{"reason": "y", "better": "first"}"""));
        using var clients = new ModelClients(new ModelSettings());
        var judge = Catalog().CreatePairwise("answer_preference", _ => Model(clients, server));
        var judgement = await judge.CompareAsync(new PairQuestion("Why?", "<one>", "<two>", null, [], "en"), 0, TestContext.Current.CancellationToken);
        judgement.Preference.ShouldBe(Preference.Tie);
        judgement.Flipped.ShouldBeTrue();
        judgement.Calls.Count.ShouldBe(2);
    }

    private static JudgeQuestion Question => new("Why?", "Because.", "Since.", [], "en");

    private static Func<HttpContext, Task> Says(string content) =>
        ModelServer.Json(Fixtures.Completion.Replace("\"Откатите релиз.\"", JsonSerializer.Serialize(content)));

    private static async Task<Judgement> JudgeAsync(ModelServer server, JudgeQuestion question, CallLimits? limits = null)
    {
        using var clients = new ModelClients(new ModelSettings());
        return await Catalog().Create("answer_quality", _ => Model(clients, server, limits)).JudgeAsync(question, 0, TestContext.Current.CancellationToken);
    }

    private static JudgeModel Model(ModelClients clients, ModelServer server, CallLimits? limits = null) =>
        new(clients.Chat(Fixtures.To(server, limits)), "glass-1");

    private static JudgeCatalog Catalog()
    {
        var folder = Path.Combine(Calibrations.OpenLabels.RepositoryRoot(), "catalog");
        return JudgeCatalog.Load(Path.Combine(folder, JudgeCatalog.FolderName), PromptCatalog.Load(Path.Combine(folder, PromptCatalog.FolderName)));
    }
}
