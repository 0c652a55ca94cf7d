using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Tests.Tidy;

namespace Assay.Tests.Cli;

/// <summary><c>assay eval</c> from a benchmark file to a verdict, against a real server that speaks OpenAI's shape.</summary>
public sealed class EvalRunTests : IDisposable
{
    private const string Good = "The release is safe because every gate is green.";
    private const string Bad = "No idea.";

    private readonly CliPlace place = new();

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("channel_digest_ru_smoke")]
    [InlineData("code_review_smoke")]
    public async Task The_shipped_smoke_benchmark_passes_offline_and_says_that_it_is_offline(string benchmark)
    {
        var catalog = Repository.FullPath("catalog");
        var ended = (await place.CallAsync("eval", "run", benchmark, "--dry-run", "--catalog", catalog, "--data", place["data"])).ShouldPass();
        ended.Out.ShouldContain("offline/extract");
        ended.Out.ShouldContain("DRY RUN");
        ended.Out.Split('\n').ShouldAllBe(line => line.Length <= 80 || line.StartsWith("report:", StringComparison.Ordinal));
        ended.Error.ShouldContain("No model is called");
        place.HalfWritten().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worse_prompt_fails_an_equal_one_passes_and_ten_cases_are_inconclusive()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(
            asked.Contains("SLOPPY") && Draw(asked) < 0.4 ? Bad
            : asked.Contains("CAREFUL") ? Answer(asked, 0.1)
            : Answer(asked, 0)
        ));
        WriteCatalog(cases: 150, Difference);
        (await RunAsync(stub, "--prompt", "ask@1")).ShouldEndWith(ExitCode.Inconclusive).Out.ShouldContain("NO DATA");
        (await BlessAsync()).ShouldPass();

        (await RunAsync(stub, "--prompt", "ask@2")).ShouldPass();
        var worse = (await RunAsync(stub, "--prompt", "ask@3")).ShouldEndWith(ExitCode.Fail);
        worse.Out.ShouldContain("FAIL");
        var few = (await RunAsync(stub, "--prompt", "ask@2", "--cases", "10")).ShouldEndWith(ExitCode.Inconclusive);
        few.Out.ShouldContain("NO DATA");

        var compared = (await place.CallAsync("eval", "compare", "blessed", Last(1), "--data", place["data"], "--catalog", place["catalog"])).ShouldPass();
        compared.Out.ShouldContain("WORSE");
        compared.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Ten_cases_that_could_go_either_way_are_inconclusive_and_the_number_still_needed_is_said()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Draw(asked) < 0.25 ? Bad : Good));
        WriteCatalog(cases: 10, "  - {metric: contains, statistic: mean, atLeast: 0.7}");
        var ended = (await RunAsync(stub)).ShouldEndWith(ExitCode.Inconclusive);
        ended.Out.ShouldContain("INCONCLUSIVE");
        ended.Out.ShouldMatch("(more\\s+cases?\\s+decide|cases?\\s+more)");
    }

    [Fact]
    public async Task A_refused_key_stops_at_once_and_is_not_shown()
    {
        await using var stub = await ChatStub.StartAsync(_ => new ChatReply(
            "",
            401,
            """{"error":{"message":"Incorrect API key provided: sk-secret-1234567890abcdef"}}"""
        ));
        WriteCatalog(cases: 200, Difference);
        place.Variables["OPENAI_API_KEY"] = "sk-secret-1234567890abcdef";
        var ended = (await RunAsync(stub)).ShouldEndWith(ExitCode.Infrastructure);
        stub.Seen.Count.ShouldBeLessThanOrEqualTo(8);
        ended.Error.ShouldContain("401");
        ended.Error.ShouldNotContain("sk-secret");
        ended.Error.ShouldContain("fix: Check the key");
    }

    [Fact]
    public async Task A_resumed_run_takes_another_key_another_cache_and_a_catalog_that_was_moved()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Answer(asked, 0)));
        stub.Key = "sk-right";
        WriteCatalog(cases: 20, Difference);
        place.Variables["OPENAI_API_KEY"] = "sk-wrong";
        place.Variables["OTHER_KEY"] = "sk-right";
        string[] again = ["eval", "resume", "last", "--data", place["data"], "--key-variable", "OTHER_KEY"];
        (await RunAsync(stub)).ShouldEndWith(ExitCode.Infrastructure);
        stub.Seen.Clear();
        await place.CallAsync([.. again, "--cache", "only"]);
        stub.Seen.ShouldBeEmpty();

        (await RunAsync(stub)).ShouldEndWith(ExitCode.Infrastructure);
        stub.Seen.Clear();
        Directory.Move(place["catalog"], place["moved"]);
        var ended = await place.CallAsync([.. again, "--catalog", place["moved"]]);
        ended.Error.ShouldNotContain("error:");
        stub.Seen.Count.ShouldBe(20);
    }

    [Theory]
    [InlineData("I think it is quite good!", 200)]
    [InlineData("<html><body>Bad gateway</body></html>", 200)]
    [InlineData("", 200)]
    [InlineData("{\"score\": 0.7, \"rea", 200)]
    [InlineData("{\"score\": 7, \"reason\": \"out of range\"}", 200)]
    public async Task A_judge_that_answers_nonsense_is_counted_as_an_error_and_never_as_a_score(string nonsense, int status)
    {
        await using var stub = await ChatStub.StartAsync(asked => asked.Contains("JUDGE") ? new ChatReply(nonsense, status) : new ChatReply(Good));
        WriteCatalog(cases: 40, "  - {metric: judge, statistic: mean, atLeast: 0.5}\n  - {metric: judge, statistic: error_rate, atMost: 0.1}", judged: true);
        var ended = await RunAsync(stub, "--json");
        ended.ShouldEndWith(ExitCode.Fail);
        var judge = CliPlace.Json(ended.Out).GetProperty("metrics").EnumerateArray().Single(m => m.GetProperty("name").GetString() == "judge");
        judge.GetProperty("n").GetInt32().ShouldBe(0);
        judge.GetProperty("errors").GetInt32().ShouldBe(40);
    }

    [Fact]
    public async Task A_cached_rerun_calls_nobody_and_its_report_is_the_same_outside_timings()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Answer(asked, 0)));
        WriteCatalog(cases: 40, Difference);
        await RunAsync(stub);
        var first = Report(Last(0));
        var calls = stub.Seen.Count;
        var rerun = await RunAsync(stub, "--cache", "only", "--json");
        stub.Seen.Count.ShouldBe(calls);
        CliPlace.Json(rerun.Out).GetProperty("done").GetInt32().ShouldBe(40);
        Report(Last(0)).ShouldBe(first);
    }

    [Fact]
    public async Task A_run_whose_money_is_used_up_stops_before_the_limit_and_is_finished_by_resuming()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Answer(asked, 0)));
        WriteCatalog(cases: 60, Difference);
        place.Write(
            "catalog/prices/stub.yaml",
            "provider: \"\"\nmodels:\n  - model: stub\n    prices:\n      - from: 2020-01-01\n        input: 1000\n        output: 1000\n"
        );
        var stopped = await RunAsync(stub, "--max-cost", "5", "--cache", "off");
        stopped.ShouldEndWith(ExitCode.Inconclusive);
        stopped.Error.ShouldContain("The money is used up");
        // Pasted as it is, it asks for a limit instead of going on without one.
        stopped.Error.ShouldMatch(@"\$\d+(\.\d+)? are spent\. .*assay eval resume \S+ --max-cost N\s");
        var done = stub.Seen.Count;
        done.ShouldBeInRange(1, 59);

        var asked = stub.Seen.Count;
        var again = await place.CallAsync("eval", "resume", "last", "--data", place["data"]);
        again.Error.ShouldContain("The money is used up", customMessage: "the limit is the whole run's, not that of one command");
        stub.Seen.Count.ShouldBe(asked);
        var resumed = await place.CallAsync("eval", "resume", "last", "--data", place["data"], "--max-cost", "1000", "--json");
        CliPlace.Json(resumed.Out).GetProperty("done").GetInt32().ShouldBe(60);
        stub.Seen.Count.ShouldBe(60);
        stub.Seen.Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public async Task A_changed_dataset_or_prompt_under_a_run_that_is_resumed_is_refused()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Answer(asked, 0)));
        WriteCatalog(cases: 20, Difference);
        await RunAsync(stub);
        await File.AppendAllTextAsync(place["catalog/datasets/qa.jsonl"], "{\"id\":\"new\",\"input\":\"new?\"}\n", TestContext.Current.CancellationToken);
        var ended = (await place.CallAsync("eval", "resume", "last", "--data", place["data"])).ShouldEndWith(ExitCode.WrongUsage);
        ended.Error.ShouldContain("dataset 'qa' changed");

        WriteCatalog(cases: 20, Difference);
        place.Write("catalog/prompts/ask@1.yaml", Prompt(1, "Answer in one word: {{input}}"));
        (await place.CallAsync("eval", "resume", "last", "--data", place["data"]))
            .ShouldEndWith(ExitCode.WrongUsage)
            .Error.ShouldContain("prompt or parameters changed");
    }

    [Theory]
    [InlineData("metrcs: []", "qa.yaml:8", "metrcs")]
    [InlineData("repeats: 0", "qa.yaml", "repeats: 0")]
    [InlineData("mode: quick", "qa.yaml", "mode: quick")]
    public async Task A_wrong_line_of_a_benchmark_file_is_named(string line, string where, string what)
    {
        WriteCatalog(cases: 2, Difference);
        await File.AppendAllTextAsync(place["catalog/benchmarks/qa.yaml"], line + "\n", TestContext.Current.CancellationToken);
        var ended = (await place.CallAsync("eval", "run", "qa", "--dry-run", "--catalog", place["catalog"], "--data", place["data"])).ShouldEndWith(
            ExitCode.WrongUsage
        );
        ended.Error.ShouldContain(where[..7]);
        ended.Error.ShouldContain(what);
        Directory.Exists(place["data/runs"]).ShouldBeFalse();
    }

    [Fact]
    public async Task An_estimate_asks_nobody_and_an_unknown_benchmark_names_the_known_ones()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Good));
        WriteCatalog(cases: 30, Difference);
        var estimate = (await RunAsync(stub, "--estimate")).ShouldPass();
        estimate.Out.ShouldContain("About 30 calls");
        stub.Seen.ShouldBeEmpty();
        var unknown = (await place.CallAsync("eval", "run", "qq", "--catalog", place["catalog"])).ShouldEndWith(ExitCode.WrongUsage);
        unknown.Error.ShouldContain("Did you mean 'qa'?");
    }

    [Fact]
    public async Task Without_an_endpoint_the_way_out_is_said()
    {
        WriteCatalog(cases: 3, Difference);
        var ended = (await place.CallAsync("eval", "run", "qa", "--catalog", place["catalog"], "--data", place["data"])).ShouldEndWith(ExitCode.WrongUsage);
        ended.Error.ShouldContain("--dry-run");
        ended.Error.ShouldContain("--endpoint");
    }

    [Fact]
    public async Task An_endpoint_that_is_proven_dead_stops_the_run_which_can_be_resumed()
    {
        WriteCatalog(cases: 40, Difference);
        string[] asked = ["eval", "run", "qa", "--model", "stub", "--catalog", place["catalog"], "--data", place["data"], "--concurrency", "64"];
        // Port 9 is the discard service's, which nobody runs.
        var ended = (await place.CallAsync([.. asked, "--endpoint", "http://127.0.0.1:9/v1"])).ShouldEndWith(ExitCode.Infrastructure);
        ended.Error.ShouldMatch("No answer to \\d+ attempts in \\d+ s");
        ended.Error.ShouldContain("assay eval resume last");

        // No case counts as failed for it: resuming asks them all.
        var shown = await place.CallAsync("eval", "show", "last", "--data", place["data"], "--json");
        CliPlace.Json(shown.Out).GetProperty("done").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_judge_model_the_one_that_answers_judges_and_that_is_said()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(
            asked.Contains("JUDGE") ? """{"reason": "so", "score": 0.9}""" : Answer(asked, 0)
        ));
        WriteCatalog(cases: 4, "  - {metric: judge, statistic: mean, atLeast: 0.5}", judged: true);
        place.Write("catalog/judges/rate.yaml", "name: rate\nkind: rubric\nprompt: rate@1\n");
        var ended = await RunAsync(stub);
        ended.Error.ShouldContain("stub judges its own answers and may favour them");
        (await RunAsync(stub, "--judge-model", "other")).Error.ShouldNotContain("favour");
    }

    [Fact]
    public async Task What_failed_is_told_with_its_first_reason()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(asked.Contains("JUDGE") ? "prose" : Answer(asked, 0)));
        WriteCatalog(cases: 4, "  - {metric: judge, statistic: mean, atLeast: 0.5}", judged: true);
        var ended = (await RunAsync(stub)).ShouldEndWith(ExitCode.Inconclusive);
        ended.Out.ShouldContain("judge: 4 without a value, the first: The model gave no usable answer");
        ended.Out.Split('\n').ShouldAllBe(line => line.Length <= 80 || line.StartsWith("report:", StringComparison.Ordinal));
        ended.Error.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task An_estimate_needs_no_price_and_a_limit_without_one_names_the_option()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Good));
        WriteCatalog(cases: 30, Difference);
        (await RunAsync(stub, "--max-cost", "1", "--estimate")).ShouldPass().Out.ShouldContain("cost unknown (no price of stub)");
        (await RunAsync(stub, "--max-cost", "1")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("--allow-unknown-price");
        (await RunAsync(stub, "--max-cost", "1", "--allow-unknown-price", "--json")).Out.ShouldContain("\"done\": 30");
    }

    private const string Difference = "  - {metric: contains, statistic: difference, margin: 0.08}";

    private Task<Finished> RunAsync(ChatStub stub, params string[] more) =>
        place.CallAsync(["eval", "run", "qa", "--endpoint", stub.Endpoint, "--model", "stub", "--catalog", place["catalog"], "--data", place["data"], .. more]);

    private Task<Finished> BlessAsync() =>
        place.CallAsync("eval", "bless", "last", "--by", "anna", "--reason", "first", "--data", place["data"], "--catalog", place["catalog"]);

    /// <summary>A number from 0 to 1 that belongs to the question, whatever the prompt around it says.</summary>
    private static double Draw(string asked)
    {
        var number = int.Parse(asked[(asked.IndexOf('#') + 1)..].Split(' ')[0], CultureInfo.InvariantCulture);
        return number * 7919 % 10007 / 10007.0;
    }

    private static string Answer(string asked, double shift) => (Draw(asked) + shift) % 1 < 0.1 ? Bad : Good;

    private string Last(int back) => Path.GetFileName(Directory.GetDirectories(place["data/runs"]).OrderDescending(StringComparer.Ordinal).ElementAt(back));

    private string Report(string run)
    {
        var report = JsonNode.Parse(File.ReadAllText(place[$"data/runs/{run}/report.json"]))!.AsObject();
        report.Remove("timings").ShouldBeTrue();
        return report.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private void WriteCatalog(int cases, string gates, bool judged = false)
    {
        place.Write(
            "catalog/datasets/qa.jsonl",
            string.Concat(
                Enumerable.Range(0, cases).Select(i => $"{{\"id\":\"c{i}\",\"input\":\"Which gate protects change #{i} ?\",\"expected\":\"gate is green\"}}\n")
            )
        );
        place.Write("catalog/prompts/ask@1.yaml", Prompt(1, "Answer briefly: {{input}}"));
        place.Write("catalog/prompts/ask@2.yaml", Prompt(2, "CAREFUL. Answer briefly: {{input}}"));
        place.Write("catalog/prompts/ask@3.yaml", Prompt(3, "SLOPPY. Answer briefly: {{input}}"));
        place.Write(
            "catalog/prompts/rate@1.yaml",
            "name: rate\nversion: 1\nlanguage: en\ninputs: [input, answer]\nuser: |\n  JUDGE the answer to {{input}}: {{answer}}\n"
        );
        place.Write("catalog/judges/rate.yaml", "name: rate\nkind: rubric\nprompt: rate@1\nmodel: stub\n");
        place.Write(
            "catalog/benchmarks/qa.yaml",
            $"""
            name: qa
            dataset: ../datasets/qa.jsonl
            target: ({"{"}prompt: ask@1, model: stub{"}"})
            metrics: [{(judged ? "{kind: judge, judge: rate}" : "{kind: contains}")}]
            gates:
            {gates}

            """.Replace("({", "{", StringComparison.Ordinal).Replace("})", "}", StringComparison.Ordinal)
        );
    }

    private static string Prompt(int version, string user) => $"name: ask\nversion: {version}\nlanguage: en\ninputs: [input]\nuser: |\n  {user}\n";
}
