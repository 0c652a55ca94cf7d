using System.Text.Json;

namespace Assay.Tests.Cli;

/// <summary>Every combination of stages and queries through the real program: what is off leaves no trace of itself, what is on proves itself.</summary>
public sealed class ToggleMatrixTests
{
    private const int Queries = 3;
    private static readonly string[] Stages = ["dense", "sparse", "rerank"];

    /// <summary>dense, sparse, rerank, queries.</summary>
    public static TheoryData<bool, bool, bool, bool> Combinations
    {
        get
        {
            var all = new TheoryData<bool, bool, bool, bool>();
            for (var bits = 0; bits < 16; bits++)
            {
                all.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_stage_shows_itself_exactly_when_it_is_on(bool dense, bool sparse, bool rerank, bool queries)
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        var on = new Dictionary<string, bool>
        {
            ["dense"] = dense,
            ["sparse"] = sparse,
            ["rerank"] = rerank,
            ["export"] = true,
        };
        List<string> arguments = ["rag", "run", "docs", "--out", "out", "--metrics-file", "metrics.prom"];
        arguments.AddRange(Stages.Where(s => !on[s]).Select(s => $"--disable-{s}"));
        if (queries)
        {
            arguments.AddRange(["--queries", place.WriteQueries()]);
        }

        var ended = await place.RunAsync([.. arguments]);

        if (!dense && !sparse)
        {
            ended.ShouldEndWith(ExitCode.WrongUsage);
            ended.Error.ShouldContain("Both dense (cli:--disable-dense) and sparse (cli:--disable-sparse) are off");
            Directory.Exists(place["out"]).ShouldBeFalse();
            return;
        }

        ended.ShouldPass();
        var asked = queries ? Queries : 0;
        await SummaryShowsAsync(place, on, asked);
        FooterShows(ended.Out, on);
        SpansShow(place, on, asked);
        MetricsShow(place, on, asked);
        place.HalfWritten().ShouldBeEmpty();
    }

    private static async Task SummaryShowsAsync(CliPlace place, Dictionary<string, bool> on, int asked)
    {
        var summary = place.Summary();
        (await PublishedSchema.FaultsAsync(summary.GetRawText())).ShouldBeEmpty();
        var telemetry = summary.GetProperty("telemetry");
        foreach (var (stage, isOn) in on)
        {
            summary.TryGetProperty($"{stage}_run", out _).ShouldBe(isOn, stage);
            telemetry.GetProperty("spans").TryGetProperty($"rag.{stage}", out var span).ShouldBe(isOn, stage);
            telemetry.GetProperty("metrics").TryGetProperty(stage, out var metric).ShouldBe(isOn, stage);
            if (isOn)
            {
                span.GetProperty("status").GetString().ShouldBe("active");
                metric.GetProperty("status").GetString().ShouldBe("emitted");
                metric.GetProperty("samples").GetInt64().ShouldBe(Executions(stage, asked));
            }
        }

        if (on["rerank"])
        {
            var rerank = summary.GetProperty("rerank_run");
            rerank.GetProperty("status").GetString().ShouldBe(asked > 0 ? "executed" : "staged");
            rerank.GetProperty("queries_applied").GetInt32().ShouldBe(asked > 0 ? 2 : 0);
            rerank.GetProperty("queries_fell_back").GetInt32().ShouldBe(asked > 0 ? 1 : 0);
        }
    }

    private static void FooterShows(string output, Dictionary<string, bool> on)
    {
        var lines = output.Split('\n');
        lines.ShouldContain("Metrics emission summary:");
        foreach (var (stage, isOn) in on)
        {
            lines.ShouldContain(
                isOn ? $"  rag.{stage}: emitted (rag_{stage}_latency_seconds)" : $"  rag.{stage}: skipped (disabled via cli:--disable-{stage})"
            );
        }

        lines.ShouldContain("  gpu_soft_limit: unavailable (no GPU found)");
        lines.ShouldAllBe(l => l.Length <= 80);
    }

    private static void SpansShow(CliPlace place, Dictionary<string, bool> on, int asked)
    {
        var spans = place.Spans();
        spans["rag.run"].Count().ShouldBe(1);
        spans["rag.query"].Count().ShouldBe(asked);
        foreach (var (stage, isOn) in on)
        {
            spans[$"rag.{stage}"].Count().ShouldBe(isOn ? Executions(stage, asked) : 0, stage);
            spans[$"rag.{stage}"].ShouldAllBe(s => s.GetProperty("latency_ms").ValueKind == JsonValueKind.Number);
        }
    }

    private static void MetricsShow(CliPlace place, Dictionary<string, bool> on, int asked)
    {
        var page = place.Metrics();
        foreach (var (stage, isOn) in on)
        {
            double? expected = isOn ? Executions(stage, asked) : null;
            page.Value($"rag_{stage}_latency_seconds_count").ShouldBe(expected, stage);
            page.Value("assay_span_duration_seconds_count", ("span", $"rag.{stage}")).ShouldBe(expected, stage);
            page.Samples("rag_fallbacks_total", ("stage", stage)).Any().ShouldBe(isOn && stage != "export", stage);
        }

        foreach (var leg in (string[])["dense", "sparse"])
        {
            page.Value("rag_fallbacks_total", ("stage", leg), ("reason", "no_known_terms")).ShouldBe(on[leg] ? Math.Min(asked, 1) : null, leg);
        }

        page.Value("rag_documents_total", ("outcome", "indexed")).ShouldBe(3);
        page.Samples("rag_gpu_peak_bytes").ShouldBeEmpty();
    }

    private static int Executions(string stage, int asked) => stage == "export" ? 1 : 1 + asked;
}
