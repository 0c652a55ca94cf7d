using System.Globalization;

namespace Assay.Tests.Cli;

/// <summary>A real Prometheus and its own checker look at what a command shows.</summary>
public sealed class PrometheusScrapeTests
{
    [Fact]
    public async Task A_real_Prometheus_scrapes_a_running_command()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        using var command = await ServedCommand.StartAsync(place, "rag", "run", "docs", "--queries", place.WriteQueries());
        var port = FreePort.Next();
        using var prometheus = InstalledProgram.Start(
            "prometheus",
            $"--config.file={WriteConfiguration(place, command.Address)}",
            $"--storage.tsdb.path={place["tsdb"]}",
            $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=error"
        );
        try
        {
            prometheus.OutputDataReceived += (_, _) => { };
            prometheus.ErrorDataReceived += (_, _) => { };
            prometheus.BeginOutputReadLine();
            prometheus.BeginErrorReadLine();
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience.Longest };
            // One batch and three queries.
            await BecomesAsync(client, "rag_sparse_latency_seconds_count", 4);
            await BecomesAsync(client, "rag_rerank_latency_seconds_count", 4);
            await BecomesAsync(client, "rag_documents_total{outcome=\"indexed\"}", 3);
            await BecomesAsync(client, "histogram_quantile(1, rag_export_latency_seconds_bucket) > bool 0", 1);
            await BecomesAsync(client, "up", 1);
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Promtool_finds_nothing_wrong_with_the_metrics_file()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        (await place.RunAsync("rag", "run", "docs", "--queries", place.WriteQueries(), "--metrics-file", "metrics.prom")).ShouldPass();
        using var promtool = InstalledProgram.Start("promtool", "check", "metrics");
        await promtool.StandardInput.WriteAsync(await File.ReadAllTextAsync(place["metrics.prom"], TestContext.Current.CancellationToken));
        promtool.StandardInput.Close();
        var output = promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        (error + await output).ShouldBe("");
        promtool.ExitCode.ShouldBe(0);
    }

    private static string WriteConfiguration(CliPlace place, Uri target) =>
        place.Write(
            "prometheus.yml",
            $"""
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
            scrape_configs:
              - job_name: assay
                static_configs:
                  - targets: ["{target.Authority}"]
            """
        );

    private static async Task BecomesAsync(HttpClient client, string query, double expected)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        double? seen;
        while ((seen = await AskAsync(client, query)) != expected)
        {
            TimeProvider
                .System.GetElapsedTime(started)
                .ShouldBeLessThan(Patience.Longest, $"{query} is {seen?.ToString(CultureInfo.InvariantCulture) ?? "not there"}, not {expected}");
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<double?> AskAsync(HttpClient client, string query)
    {
        try
        {
            var answer = CliPlace.Json(
                await client.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", TestContext.Current.CancellationToken)
            );
            var found = answer.GetProperty("data").GetProperty("result");
            return found.GetArrayLength() == 0 ? null : double.Parse(found[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            // The server is still starting: it answers 503, or nothing yet.
            return null;
        }
    }
}
