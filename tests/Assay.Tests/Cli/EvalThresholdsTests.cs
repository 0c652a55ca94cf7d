using System.Globalization;

namespace Assay.Tests.Cli;

/// <summary><c>assay eval thresholds</c>: from blessed runs to a gate that holds what they held.</summary>
public sealed class EvalThresholdsTests : IDisposable
{
    private const int Cases = 120;

    private readonly CliPlace place = new();
    private int wrong;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task Five_blessed_runs_teach_a_limit_that_the_next_unchanged_run_keeps_and_a_worse_one_misses()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Number(asked) < wrong ? "No idea." : "Every gate is green."));
        WriteCatalog();
        foreach (var failures in (int[])[10, 12, 11, 13])
        {
            await BlessedAsync(stub, failures);
        }

        (await LearnAsync()).ShouldEndWith(ExitCode.Inconclusive).Out.ShouldContain("4 blessed runs to learn from, 5 are needed");
        await BlessedAsync(stub, 11);
        var learned = (await LearnAsync("--save")).ShouldPass();
        learned.Out.ShouldContain("contains mean: ≥ 0.8");
        learned.Out.ShouldContain("prediction bound of a normal sample over 5 runs, 95 %; floor 0.500");
        learned.Out.ShouldContain("learned_thresholds.json");
        learned.Out.Split('\n').ShouldAllBe(line => line.Length <= 80 || line.StartsWith("kept in", StringComparison.Ordinal));

        var like = (await RunAsync(stub, 12)).ShouldPass();
        like.Out.ReplaceLineEndings(" ").Replace("             ", "", StringComparison.Ordinal).ShouldContain("learned from 5 blessed runs");
        (await RunAsync(stub, 45)).ShouldEndWith(ExitCode.Fail);
        (await ThresholdsAsync("show")).ShouldPass().Out.ShouldContain("contains mean: ≥ 0.8");

        // The file's own limit passes what the learned one does not.
        File.Delete(place["catalog/learned_thresholds.json"]);
        (await RunAsync(stub, 45)).ShouldPass();
        (await ThresholdsAsync("show")).ShouldEndWith(ExitCode.Inconclusive).Error.ShouldContain("No limits of 'qa' were learned yet");
    }

    [Fact]
    public async Task Limits_of_other_cases_do_not_hold_and_that_is_said()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(Number(asked) < wrong ? "No idea." : "Every gate is green."));
        WriteCatalog();
        foreach (var failures in (int[])[2, 4, 3, 5, 3])
        {
            await BlessedAsync(stub, failures);
        }

        (await LearnAsync("--save")).ShouldPass();
        await File.AppendAllTextAsync(place["catalog/datasets/qa.jsonl"], Line(Cases), TestContext.Current.CancellationToken);
        var ended = (await RunAsync(stub, 30)).ShouldPass();
        ended.Error.ShouldContain("The learned limits are of other cases");
        ended.Out.ShouldNotContain("learned from");
    }

    [Fact]
    public async Task A_damaged_history_or_an_unknown_benchmark_is_wrong_usage()
    {
        WriteCatalog();
        place.Write("catalog/baselines/qa.history.jsonl", "{\"run\": 1}\n");
        (await LearnAsync()).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("qa.history.jsonl:1:");
        (await place.CallAsync("eval", "thresholds", "show", "qq", "--catalog", place["catalog"])).ShouldEndWith(ExitCode.WrongUsage);
    }

    private async Task BlessedAsync(ChatStub stub, int failures)
    {
        await RunAsync(stub, failures);
        (
            await place.CallAsync("eval", "bless", "last", "--by", "anna", "--reason", "good", "--data", place["data"], "--catalog", place["catalog"])
        ).ShouldPass();
    }

    private Task<Finished> RunAsync(ChatStub stub, int failures)
    {
        wrong = failures;
        return place.CallAsync([
            .. (string[])["eval", "run", "qa", "--endpoint", stub.Endpoint, "--model", "stub", "--cache", "off"],
            .. (string[])["--catalog", place["catalog"], "--data", place["data"]],
        ]);
    }

    private Task<Finished> LearnAsync(params string[] more) => ThresholdsAsync("learn", more);

    private Task<Finished> ThresholdsAsync(string what, params string[] more) =>
        place.CallAsync(["eval", "thresholds", what, "qa", "--catalog", place["catalog"], .. more]);

    private static int Number(string asked) => int.Parse(asked[(asked.IndexOf('#') + 1)..].Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Line(int number) => $"{{\"id\":\"c{number}\",\"input\":\"Which gate protects change #{number} ?\",\"expected\":\"gate is green\"}}\n";

    private void WriteCatalog()
    {
        place.Write("catalog/datasets/qa.jsonl", string.Concat(Enumerable.Range(0, Cases).Select(Line)));
        place.Write("catalog/prompts/ask@1.yaml", "name: ask\nversion: 1\nlanguage: en\ninputs: [input]\nuser: |\n  Answer: {{input}}\n");
        place.Write(
            "catalog/eval_thresholds.json",
            """{"benchmarks": {"qa": [{"metric": "contains", "statistic": "mean", "better": "higher", "fail": 0.5}]}}"""
        );
        place.Write(
            "catalog/benchmarks/qa.yaml",
            """
            name: qa
            dataset: ../datasets/qa.jsonl
            target: {prompt: ask@1, model: stub}
            metrics: [{kind: contains}]
            gates:
              - {metric: contains, statistic: mean, atLeast: 0.5}

            """
        );
    }
}
