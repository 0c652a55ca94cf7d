using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Assay.Server.Tests.Benchmarks;

public sealed class RunsApiTests(RunningHub hub) : IClassFixture<RunningHub>
{
    private const string Path = "/api/v1/runs";
    private static readonly DateTimeOffset Noon = new(2026, 3, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_run_is_kept_with_its_gates_its_metrics_and_every_case()
    {
        var run = new SampleRun("20260312-120000-handbook", Noon) { FailsEvery = 10, Trace = "4bf92f3577b34da6a3ce929d0e0e4736" };
        var made = await run.SendAsync(hub.Admin);
        made.Status.ShouldBe(201, made.Text);
        made.Headers["location"].ShouldBe($"{Path}/{run.Id}");
        made.Json.GetProperty("change").GetString().ShouldBe("added");

        var found = (await Answered.GetAsync(hub.Client, $"{Path}/{run.Id}")).Json;
        found.GetProperty("report").GetProperty("verdict").GetString().ShouldBe(run.Verdict.Verdict.ToString().ToLowerInvariant());
        found.GetProperty("report").GetProperty("gates")[0].GetProperty("name").GetString().ShouldStartWith("judge");
        found.GetProperty("report").GetProperty("metrics")[0].GetProperty("interval").GetProperty("low").GetDouble().ShouldBeInRange(0.5, 1);
        found.GetProperty("timings").GetProperty("gates").GetArrayLength().ShouldBe(1, "latency differs between executions");
        found.GetProperty("stored_by").GetString().ShouldBe("token admin");

        var cases = await Answered.GetAsync(hub.Client, $"{Path}/{run.Id}/cases");
        cases.ContentType.ShouldBe("application/x-ndjson");
        var lines = cases.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.Count.ShouldBe(40);
        lines[0].GetProperty("trace_id").GetString().ShouldBe(run.Trace);
        lines[0].GetProperty("measured")[0].GetProperty("reason").GetString().ShouldStartWith("States 10 days");
        lines[9].GetProperty("fault").GetString().ShouldBe("TimedOut");
        found.GetProperty("cases").GetProperty("sha256").GetString()!.Length.ShouldBe(64);
    }

    [Fact]
    public async Task The_same_run_handed_in_again_changes_nothing_and_a_resumed_one_replaces_it()
    {
        var whole = new SampleRun("20260312-130000-again", Noon) { Benchmark = "again" };
        var half = whole with { Done = 20 };
        (await half.SendAsync(hub.Admin)).Json.GetProperty("change").GetString().ShouldBe("added");
        (await ListedAsync("again"))[0].GetProperty("verdict").GetString().ShouldBe("inconclusive");
        (await whole.SendAsync(hub.Admin)).Json.GetProperty("change").GetString().ShouldBe("replaced");
        var again = await whole.SendAsync(hub.Admin);
        (again.Status, again.Json.GetProperty("change").GetString()).ShouldBe((200, "none"));
        (await half.SendAsync(hub.Admin)).ShouldBeProblem(409).Text.ShouldContain("More of this run");
        (await (whole with { Target = "another" }).SendAsync(hub.Admin)).ShouldBeProblem(409).Text.ShouldContain("Another run");
        (await (whole with { Benchmark = "other" }).SendAsync(hub.Admin)).ShouldBeProblem(409).Text.ShouldContain("Another run");
        var listed = (await ListedAsync("again")).ShouldHaveSingleItem();
        listed.GetProperty("done").GetInt32().ShouldBe(40);
    }

    [Fact]
    public async Task Runs_are_listed_by_benchmark_the_newest_first_and_in_pages()
    {
        for (var day = 0; day < 3; day++)
        {
            (
                await new SampleRun($"2026030{day + 1}-120000-paged", Noon.AddDays(day - 20)) { Benchmark = "paged", Level = 0.8 + (day / 50.0) }.SendAsync(
                    hub.Admin
                )
            ).Status.ShouldBe(201);
        }

        (await new SampleRun("20260301-120000-paged-ru", Noon) { Benchmark = "paged-ru" }.SendAsync(hub.Admin)).Status.ShouldBe(201);
        (await ListedAsync("paged"))
            .Select(r => r.GetProperty("run").GetString())
            .ShouldBe(["20260303-120000-paged", "20260302-120000-paged", "20260301-120000-paged"]);
        (await ListedAsync("paged&skip=1&limit=1")).ShouldHaveSingleItem().GetProperty("run").GetString().ShouldBe("20260302-120000-paged");
        var benchmarks = (await Answered.GetAsync(hub.Client, "/api/v1/benchmarks")).Json.GetProperty("benchmarks").EnumerateArray().ToList();
        var paged = benchmarks.Single(b => b.GetProperty("name").GetString() == "paged");
        paged.GetProperty("main_metric").GetString().ShouldBe("judge");
        paged.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("metrics")[0].GetProperty("mean").GetDouble()).ShouldBeInOrder();
    }

    [Fact]
    public async Task The_last_value_of_each_metric_is_on_the_metrics_page_but_not_that_of_a_dry_run()
    {
        await new SampleRun("20260312-140000-gauged", Noon) { Benchmark = "gauged" }.SendAsync(hub.Admin);
        await new SampleRun("20260312-150000-gauged", Noon.AddHours(1))
        {
            Benchmark = "gauged",
            IsDryRun = true,
            Level = 0.1,
        }.SendAsync(hub.Admin);
        var page = (await Answered.GetAsync(hub.Admin, "/metrics")).Text;
        var line = page.Split('\n')
            .Single(l => l.StartsWith("benchmark_metric_value{", StringComparison.Ordinal) && l.Contains("gauged") && l.Contains("\"judge\""));
        double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(0.8, 0.9);
    }

    [Fact]
    public async Task Handing_a_run_in_needs_a_token() => (await new SampleRun("r", Noon).SendAsync(hub.Client)).ShouldBeProblem(401);

    [Fact]
    public async Task What_is_no_run_is_refused_with_what_to_mend_and_leaves_nothing()
    {
        var run = new SampleRun("20260312-160000-bad", Noon) { Benchmark = "bad" };
        var text = Unpack(await (await run.PackedAsync()).ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (byte[] Body, string Says)[] bodies =
        [
            ("no gzip at all"u8.ToArray(), "gzip"),
            (Pack(""), "empty"),
            (Pack("[1]"), "Line 1"),
            (Pack("{}"), "head"),
            (Pack(text.Replace("assay.run/1", "assay.run/9")), "schema"),
            (Pack(string.Join('\n', lines[..^1])), "39"),
            (Pack(string.Join('\n', lines.Append(lines[^1]))), "out of its place"),
            (Pack(text.Replace("hb-003\"", "hb-003\",\"index\":\"x")), "Line 5"),
            (Pack(text.Replace(run.Id, "../../etc")), "id of a run"),
            (Pack(lines[0] + "\n{\"id\":\"" + new string('x', 1 << 20) + "\"}"), "longer"),
        ];
        foreach (var (body, says) in bodies)
        {
            var answer = await Answered.ToAsync(
                hub.Admin,
                HttpMethod.Post,
                Path,
                new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/gzip") } }
            );
            answer.ShouldBeProblem(400).Text.ShouldContain(says, customMessage: says);
        }

        (await Answered.GetAsync(hub.Client, $"{Path}/{run.Id}")).ShouldBeProblem(404);
        (await Answered.GetAsync(hub.Client, $"{Path}/{run.Id}/cases")).ShouldBeProblem(404);
        Directory.Exists(System.IO.Path.Combine(hub.Folder, "objects", "runs", run.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_survives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("assay-runs-").FullName;
        try
        {
            await using (var first = await RunningHub.StartAsync(folder: folder))
            {
                (await new SampleRun("r1", Noon).SendAsync(first.Admin)).Status.ShouldBe(201);
            }

            await using var second = await RunningHub.StartAsync(folder: folder);
            (await Answered.GetAsync(second.Client, $"{Path}/r1/cases")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(40);
            (await Answered.GetAsync(second.Admin, "/metrics")).Text.ShouldContain("benchmark_metric_value{");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<List<JsonElement>> ListedAsync(string query) =>
        [.. (await Answered.GetAsync(hub.Client, $"{Path}?benchmark={query}")).Json.GetProperty("runs").EnumerateArray()];

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static string Unpack(byte[] packed)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
