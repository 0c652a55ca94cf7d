using Assay.Tests.Observability;

namespace Assay.Tests.Cli;

/// <summary>The endpoint of a command lives as long as the command.</summary>
[Collection(AloneInProcess.Name)]
public sealed class MetricsEndpointLifeTests
{
    [Fact]
    public async Task The_endpoint_ends_with_its_command_and_the_next_run_starts_from_zero()
    {
        using var place = new CliPlace();
        var port = FreePort.Next();
        using var client = new HttpClient();
        for (var run = 0; run < 2; run++)
        {
            string[] metrics = ["--metrics-port", $"{port}", "--metrics-linger", "0", "--metrics-file", place["metrics.prom"]];
            var ended = await place.CallAsync(["rag", "run", place.WriteSmallCorpus(), "--out", place["out"], .. metrics]);
            ended.ShouldPass().Error.ShouldContain($"metrics: http://127.0.0.1:{port}/metrics");
            place.Metrics().Value("rag_rerank_latency_seconds_count").ShouldBe(1, $"run {run}");
            await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://127.0.0.1:{port}/metrics")));
        }
    }
}
