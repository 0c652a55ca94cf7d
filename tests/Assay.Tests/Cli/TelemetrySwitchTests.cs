using System.Text.Json;

namespace Assay.Tests.Cli;

/// <summary>Telemetry switched off by the environment, through the real program.</summary>
public sealed class TelemetrySwitchTests
{
    [Fact]
    public async Task Without_metrics_the_summary_claims_none()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        place.Variables["ASSAY__OBSERVABILITY__METRICS_ENABLED"] = "false";
        var ended = (await place.RunAsync("rag", "run", "docs")).ShouldPass();
        foreach (var (stage, metric) in Sections(place.Summary().GetProperty("telemetry").GetProperty("metrics")))
        {
            ended.Out.ShouldContain($"  rag.{stage}: skipped (metrics are off)\n");
            metric.GetProperty("status").GetString().ShouldBe("skipped");
            metric.GetProperty("samples").GetInt32().ShouldBe(0);
        }

        (await PublishedSchema.FaultsAsync(place.Summary().GetRawText())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_tracing_the_summary_claims_no_span()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        place.Variables["ASSAY__OBSERVABILITY__TRACING_ENABLED"] = "false";
        (await place.RunAsync("rag", "run", "docs")).ShouldPass();
        var summary = place.Summary();
        Sections(summary.GetProperty("telemetry").GetProperty("spans")).Count.ShouldBe(4);
        Sections(summary.GetProperty("telemetry").GetProperty("spans")).Values.ShouldAllBe(s => s.GetProperty("status").GetString() == "skipped");
        Sections(summary.GetProperty("telemetry").GetProperty("metrics")).Values.ShouldAllBe(s => s.GetProperty("status").GetString() == "emitted");
        summary.TryGetProperty("trace_id", out _).ShouldBeFalse();
        File.Exists(place["out/traces/traces.jsonl"]).ShouldBeFalse();
        (await PublishedSchema.FaultsAsync(summary.GetRawText())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Spans_that_were_not_sampled_are_not_claimed()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        place.Variables["ASSAY__OBSERVABILITY__TRACE_SAMPLE_RATE"] = "0";
        place.Variables["ASSAY__OBSERVABILITY__SLO_LATENCY_P99_MS"] = "600000";
        (await place.RunAsync("rag", "run", "docs", "--metrics-file", "metrics.prom")).ShouldPass();
        var spans = Sections(place.Summary().GetProperty("telemetry").GetProperty("spans"));
        spans.Values.ShouldAllBe(s => s.GetProperty("reason").GetString() == "no span of the stage reached the exporters");
        place.Spans().ShouldBeEmpty();
        place.Metrics().Value("assay_telemetry_dropped_total", ("signal", "span"), ("reason", "sampled_out")).ShouldNotBeNull().ShouldBeGreaterThan(0);
        (await PublishedSchema.FaultsAsync(place.Summary().GetRawText())).ShouldBeEmpty();
    }

    private static Dictionary<string, JsonElement> Sections(JsonElement of) => of.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
}
