using Assay.Tests.Observability;
using Assay.Tests.Tidy;

namespace Assay.Tests.Cli;

/// <summary>The shipped benchmark of Russian digests, offline and against a server that answers as a model would, with what it shows Prometheus.</summary>
[Collection(AloneInProcess.Name)]
public sealed class DigestBenchmarkTests : IDisposable
{
    private readonly CliPlace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task The_digest_benchmark_passes_offline_and_shows_its_metrics()
    {
        (await RunAsync("--dry-run")).ShouldPass().Out.ShouldContain("DRY RUN");
        ShouldShowMetrics(answered: 60);
    }

    [Fact]
    public async Task The_digest_benchmark_passes_against_a_live_endpoint_and_shows_its_metrics()
    {
        await using var stub = await ChatStub.StartAsync(asked => new ChatReply(
            asked.Contains("Ты оцениваешь дайджесты", StringComparison.Ordinal)
                ? $$"""{"reason": "темы на месте", "score": "{{(asked.Length % 3 == 0 ? "excellent" : "good")}}"}"""
                : "• Вышла новая версия.\n• Исправлена ошибка."
        ));
        var ended = (await RunAsync("--endpoint", stub.Endpoint, "--judge-model", "other", "--allow-unknown-price")).ShouldPass();
        ended.Out.ShouldNotContain("DRY RUN");
        stub.Seen.Count.ShouldBe(120);
        ShouldShowMetrics(answered: 60);
        Value("benchmark_judge_calls_total", "outcome", "ok").ShouldBe(60);
    }

    private void ShouldShowMetrics(int answered)
    {
        Value("benchmark_cases_total", "outcome", "answered").ShouldBe(answered);
        Value("benchmark_metric_value", "metric", "judge").ShouldBeInRange(0.6, 1);
        Value("benchmark_run_duration_seconds_count", "benchmark", "channel_digest_ru").ShouldBe(1);
    }

    private double Value(string name, string label, string value) => place.Metrics().Value(name, (label, value)).ShouldNotBeNull($"{name} {value}");

    private Task<Finished> RunAsync(params string[] more) =>
        place.CallAsync([
            .. (string[])["eval", "run", "channel_digest_ru", "--catalog", Repository.FullPath("catalog"), "--data", place["data"]],
            .. (string[])["--metrics-file", place["metrics.prom"], .. more],
        ]);
}
