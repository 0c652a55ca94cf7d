using System.Diagnostics;
using System.Text.Json;
using Assay.Cli;
using Assay.Embedded.Folders;
using Assay.Server.Tests.Dashboards;

namespace Assay.Server.Tests.Cli;

/// <summary>A run reaches the hub whether one runs or not, and is never lost when it cannot.</summary>
[Collection("Runs of benchmarks: their spans are counted in the whole process")]
public sealed class EvalDeliveryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-delivery-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_run_without_a_hub_is_stored_and_the_next_hub_shows_it()
    {
        var ended = await RunAsync("run", "channel_digest_ru_smoke", "--dry-run");
        ended.Error.ShouldNotContain("publish");
        await using var hub = await RunningHub.StartAsync(folder: folder);
        var run = (await RunsAsync(hub)).ShouldHaveSingleItem();
        run.GetProperty("dry_run").GetBoolean().ShouldBeTrue();
        run.GetProperty("benchmark").GetString().ShouldBe("channel_digest_ru_smoke");
        var page = (await Answered.GetAsync(hub.Client, $"/benchmarks/runs/{run.GetProperty("run").GetString()}")).Text;
        page.ShouldContain("dry run: offline models");
    }

    [Fact]
    public async Task A_run_beside_a_hub_is_handed_to_it_and_publishing_it_again_changes_nothing()
    {
        await using var hub = await RunningHub.StartAsync(folder: folder);
        var ended = await RunAsync("run", "channel_digest_ru_smoke", "--dry-run", "--json");
        var id = JsonDocument.Parse(ended.Out).RootElement.GetProperty("run").GetString()!;
        var stored = (await RunsAsync(hub)).ShouldHaveSingleItem();
        stored.GetProperty("run").GetString().ShouldBe(id);
        (await Answered.GetAsync(hub.Client, $"/api/v1/runs/{id}/cases")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(4);

        var again = await RunAsync("publish", "last", "--json");
        again.Code.ShouldBe(0, again.Error);
        JsonDocument.Parse(again.Out).RootElement.GetProperty("change").GetString().ShouldBe("none");
        JsonDocument.Parse(again.Out).RootElement.GetProperty("page").GetString().ShouldBe($"/benchmarks/runs/{id}");
        (await RunsAsync(hub)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_cannot_be_handed_in_stays_in_its_folder_and_says_how_to_do_it_later()
    {
        int code;
        using (DataFolder.Hold(folder, TimeProvider.System))
        {
            (code, _, var error) = await RunAsync("run", "channel_digest_ru_smoke", "--dry-run");
            error.ShouldContain("assay eval publish");
            (await RunAsync("publish", "last")).Code.ShouldBe(4);
        }

        code.ShouldBe((await RunAsync("show", "last")).Code, "handing in does not change the verdict");
        var later = await RunAsync("publish", "last");
        (later.Code, later.Error).ShouldBe((0, ""));
        later.Out.ShouldContain("is there.");
        await using var hub = await RunningHub.StartAsync(folder: folder);
        (await RunsAsync(hub)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_is_named_with_what_to_do()
    {
        await RunAsync("run", "channel_digest_ru_smoke", "--dry-run");
        var ended = await RunAsync("publish", "last", "--hub", "http://127.0.0.1:1");
        ended.Code.ShouldBe(4);
        ended.Error.ShouldContain("does not answer");
    }

    // A proxy that is not there: whatever went through it, a token too, would be lost.
    [Fact]
    public async Task A_proxy_of_the_environment_takes_no_part_in_what_goes_to_a_hub_on_this_machine()
    {
        await using var hub = await RunningHub.StartAsync(folder: folder);
        await RunAloneAsync(["run", "channel_digest_ru_smoke", "--dry-run"], ("http_proxy", $"http://127.0.0.1:{FreePort.Next()}"));
        (await RunsAsync(hub)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_run_counted_and_measured_is_in_the_metrics_file_and_its_spans_in_the_trace_file()
    {
        var (metrics, traces) = (Path.Combine(folder, "m.prom"), Path.Combine(folder, "traces.jsonl"));
        await RunAloneAsync(["run", "channel_digest_ru_smoke", "--dry-run", "--metrics-file", metrics], ("ASSAY__OBSERVABILITY__TRACE_FILE_PATH", traces));
        var page = await File.ReadAllTextAsync(metrics, TestContext.Current.CancellationToken);
        page.ShouldContain("benchmark_cases_total{outcome=\"answered\"} 4");
        page.ShouldContain("benchmark_cases_total{outcome=\"failed\"} 0");
        page.ShouldContain("benchmark_judge_calls_total{outcome=\"failed\"} 0");
        page.ShouldContain("benchmark_metric_value{benchmark=\"channel_digest_ru_smoke\",metric=\"rouge_l\"}");
        page.ShouldContain("benchmark_run_duration_seconds_count{benchmark=\"channel_digest_ru_smoke\"} 1");

        var spans = (await File.ReadAllTextAsync(traces, TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        spans.Count(s => s.Contains("benchmark.case")).ShouldBe(4);
        spans.Count(s => s.Contains("benchmark.run\"")).ShouldBe(1);
        spans.Count(s => s.Contains("Дайджест") || s.Contains("канал")).ShouldBe(0, "no content");
        spans
            .Select(s => JsonDocument.Parse(s).RootElement.GetProperty("trace_id").GetString())
            .Distinct()
            .Count()
            .ShouldBe(5, "each case is a trace of its own");
    }

    private static async Task<List<JsonElement>> RunsAsync(RunningHub hub) =>
        [.. (await Answered.GetAsync(hub.Client, "/api/v1/runs")).Json.GetProperty("runs").EnumerateArray()];

    private async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            Whole(args),
            new CommandSurroundings(output, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false)
        );
        return (code, output.ToString(), error.ToString());
    }

    // In a process of its own: instruments and listeners are shared by everything in one, the hubs of other tests among them.
    private async Task RunAloneAsync(string[] args, (string Name, string Value) variable)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. Whole(args)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [variable.Name] = variable.Value },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience.Longest);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, await output + await error);
    }

    private string[] Whole(string[] args) =>
        ["eval", .. args, .. args[0] is "run" ? (string[])["--catalog", RepositoryFolder.Of("catalog")] : [], "--data", folder];
}
