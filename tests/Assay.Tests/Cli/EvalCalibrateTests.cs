using System.Text.Json;
using Assay.Tests.Tidy;

namespace Assay.Tests.Cli;

public sealed class EvalCalibrateTests
{
    private static readonly string Catalog = Repository.FullPath("catalog");

    [Fact]
    public async Task An_offline_judge_is_measured_without_a_network()
    {
        using var place = new CliPlace();
        var ended = (await place.CallAsync(Calibrate(place, "offline/overlap", "--labels", Answers(place)))).ShouldPass();
        ended.Out.ShouldStartWith("offline/overlap against labels.jsonl: 40 answers, judged by 2 people.");
        ended.Out.ShouldContain("Spearman's ρ");
        ended.Out.ShouldContain("annotator 1 with 2");
        ended.Out.ShouldContain("No model was asked.");
        ended.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        ended.Error.ShouldContain("40 items");
    }

    [Theory]
    [InlineData("0.5", ExitCode.Pass, "pass")]
    [InlineData("0.999", ExitCode.Fail, "fail")]
    public async Task Agreement_that_is_asked_for_decides_the_exit_code(string least, ExitCode code, string verdict)
    {
        using var place = new CliPlace();
        var arguments = Calibrate(place, "offline/overlap", "--labels", Answers(place), "--min-agreement", least);
        var document = CliPlace.Json((await place.CallAsync([.. arguments, "--json"])).ShouldEndWith(code).Out);
        document.GetProperty("decision").GetProperty("verdict").GetString().ShouldBe(verdict);
        document.GetProperty("calibration").GetProperty("agreement")[0].GetProperty("measure").GetString().ShouldBe("spearman");
        document.GetProperty("used").GetProperty("calls").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Labels_that_say_nothing_are_inconclusive()
    {
        using var place = new CliPlace();
        var labels = place.Write("labels.jsonl", """{"id": "1", "input": "?", "answer": "a b", "labels": [1]}""");
        (await place.CallAsync(Calibrate(place, "offline/overlap", "--labels", labels)))
            .ShouldEndWith(ExitCode.Inconclusive)
            .Out.ShouldContain("No judgement of 1 items");
        var gated = Calibrate(place, "offline/overlap", "--labels", labels, "--min-agreement", "0.1");
        (await place.CallAsync(gated)).ShouldEndWith(ExitCode.Inconclusive).Out.ShouldContain("No data: ");
    }

    [Fact]
    public async Task A_calibration_is_kept_in_the_catalog()
    {
        using var place = new CliPlace();
        Directory.CreateDirectory(place["catalog"]);
        var ended = await place.CallAsync("eval", "calibrate", "offline/overlap", "--labels", Answers(place), "--catalog", place["catalog"], "--save");
        ended.ShouldPass().Out.ShouldContain("Kept in");
        var kept = CliPlace.Json(await File.ReadAllTextAsync(place["catalog/calibrations/offline_overlap.json"], TestContext.Current.CancellationToken));
        kept.GetProperty("report").GetProperty("fingerprint").GetString()!.Length.ShouldBe(64);
        place.HalfWritten().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("No judge 'nobody'. Known judges: ", "nobody")]
    [InlineData("'answer_quality' names no model", "answer_quality")]
    [InlineData("'answer_quality' asks a model, and nobody says where it is", "answer_quality", "--model", "m")]
    [InlineData("--endpoint 'here' is no address", "answer_quality", "--model", "m", "--endpoint", "here")]
    [InlineData(
        "The environment variable NO_KEY is not set",
        "answer_quality",
        "--model",
        "m",
        "--endpoint",
        "http://127.0.0.1:9/v1",
        "--key-variable",
        "NO_KEY"
    )]
    [InlineData("'answer_preference' compares pairs", "answer_preference")]
    [InlineData("--min-agreement 2 is not from -1 to 1", "offline/overlap", "--min-agreement", "2")]
    [InlineData("--concurrency 0 is not from 1 to 256", "offline/overlap", "--concurrency", "0")]
    public async Task What_is_wrong_is_told_with_the_fix(string told, params string[] arguments)
    {
        using var place = new CliPlace();
        var ended = (await place.CallAsync([.. Calibrate(place, arguments), "--labels", Answers(place)])).ShouldEndWith(ExitCode.WrongUsage);
        ended.Error.ShouldContain(told);
        ended.Out.ShouldBe("");
    }

    [Fact]
    public async Task Judgements_are_cached_and_not_paid_twice()
    {
        await using var stub = await ChatStub.StartAsync(_ => new ChatReply(Excellent));
        using var place = new CliPlace();
        var arguments = Live(place, stub.Endpoint, "--json");
        var first = CliPlace.Json((await place.CallAsync(arguments)).ShouldPass().Out).GetProperty("used");
        first.GetProperty("calls").GetInt32().ShouldBe(40);
        first.GetProperty("cached").GetInt32().ShouldBe(0);
        first.TryGetProperty("cost_usd", out var cost).ShouldBe(cost.ValueKind == JsonValueKind.Null);
        var asked = stub.Seen.Count;

        var again = CliPlace.Json((await place.CallAsync([.. arguments, "--cache", "only"])).ShouldPass().Out);
        again.GetProperty("used").GetProperty("cached").GetInt32().ShouldBe(40);
        stub.Seen.Count.ShouldBe(asked);

        (await place.CallAsync([.. arguments, "--cache", "off"])).ShouldPass();
        stub.Seen.Count.ShouldBe(asked * 2);
    }

    [Fact]
    public async Task A_spending_limit_is_kept_and_what_was_paid_is_not_paid_again()
    {
        await using var stub = await ChatStub.StartAsync(_ => new ChatReply(Excellent));
        using var place = new CliPlace();
        CopyCatalog(place);
        var unknown = (await place.CallAsync(Live(place, stub.Endpoint, "--catalog", place["catalog"], "--max-cost", "5"))).ShouldEndWith(ExitCode.WrongUsage);
        unknown.Error.ShouldContain("--allow-unknown-price");
        stub.Seen.ShouldBeEmpty();

        place.Write(
            "catalog/prices/stub.yaml",
            "provider: \"\"\nmodels:\n  - model: stub\n    prices:\n      - from: 2020-01-01\n        input: 1000\n        output: 1000\n"
        );
        var stopped = (await place.CallAsync(Live(place, stub.Endpoint, "--catalog", place["catalog"], "--max-cost", "6"))).ShouldEndWith(
            ExitCode.Infrastructure
        );
        stopped.Error.ShouldContain("of the limit of $6");
        stopped.Error.ShouldContain("Raise --max-cost");
        var paid = stub.Seen.Count;
        paid.ShouldBeInRange(1, 39);

        var whole = CliPlace.Json(
            (await place.CallAsync(Live(place, stub.Endpoint, "--catalog", place["catalog"], "--max-cost", "1000", "--json"))).ShouldPass().Out
        );
        stub.Seen.Count.ShouldBe(40);
        whole.GetProperty("used").GetProperty("cached").GetInt32().ShouldBe(paid);
    }

    [Fact]
    public async Task An_endpoint_that_is_proven_dead_ends_the_work()
    {
        using var place = new CliPlace();
        // Port 9 is the discard service's, which nobody runs.
        var ended = await place.CallAsync(Live(place, "http://127.0.0.1:9/v1", "--concurrency", "64"));
        ended.ShouldEndWith(ExitCode.Infrastructure).Error.ShouldMatch("No answer to \\d+ attempts in \\d+ s");
        ended.Error.ShouldContain("Check --endpoint");
    }

    [Fact]
    public async Task A_broken_line_is_named()
    {
        using var place = new CliPlace();
        var labels = place.Write("labels.jsonl", "{\"id\": \"1\", \"answer\": \"a\", \"labels\": [1]}\n{\"id\": \"2\"");
        (await place.CallAsync(Calibrate(place, "offline/overlap", "--labels", labels)))
            .ShouldEndWith(ExitCode.WrongUsage)
            .Error.ShouldContain("labels.jsonl:2: this is no JSON");
    }

    private const string Excellent = """{"reason": "All of it.", "score": "excellent"}""";

    private static string[] Live(CliPlace place, string endpoint, params string[] more) =>
        [
            .. (string[])
                ["eval", "calibrate", "answer_quality", "--labels", Answers(place), "--endpoint", endpoint, "--model", "stub", "--data", place["data"]],
            .. more.Contains("--catalog") ? [] : (string[])["--catalog", Catalog],
            .. more,
        ];

    private static void CopyCatalog(CliPlace place)
    {
        foreach (var file in (string[])["judges/answer_quality.yaml", "prompts/judge_answer_en@1.yaml", "prompts/judge_answer_ru@1.yaml"])
        {
            place.Write(Path.Combine("catalog", file), File.ReadAllText(Path.Combine(Catalog, file)));
        }
    }

    private static string[] Calibrate(CliPlace place, params string[] arguments) => [.. (string[])["eval", "calibrate"], .. arguments, "--catalog", Catalog];

    /// <summary>Answers that hold more and more of the reference, graded so by one person and nearly so by another.</summary>
    private static string Answers(CliPlace place)
    {
        string[] words = ["roll", "canary", "release", "traffic", "budget", "latency", "gate", "judge", "prompt", "dataset"];
        var lines = Enumerable
            .Range(0, 40)
            .Select(i =>
                JsonSerializer.Serialize(
                    new
                    {
                        id = $"{i}",
                        input = $"What is {i}?",
                        answer = string.Join(' ', words.Take(i % 11)),
                        expected = string.Join(' ', words),
                        labels = new[] { i % 11, (i % 11) + (i % 2) },
                    }
                )
            );
        return place.Write("labels.jsonl", string.Join('\n', lines));
    }
}
