using System.Globalization;
using System.Net;
using System.Text;
using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Readings;
using Assay.Releases.Files;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Canaries;

/// <summary>Figures asked of a real Prometheus that scrapes a real page.</summary>
public sealed class PrometheusMetricsTests
{
    private static CanaryPlan Plan(string watch) =>
        CanaryPlan.Of(
            ReleaseCatalog.Parse(
                $$"""
                name: shop
                service: shop
                gate:
                  evidence: [{ benchmark: handbook }]
                canary:
                  split: { command: [split, "{percent}"], version: 1.9.0 }
                  metrics: http://127.0.0.1:9090
                  watch:
                    - {{watch}}
                """,
                "shop.yaml"
            ),
            "1.9.0"
        );

    private const string Errors = """
        { name: errors, margin: 0.01, query: { sum: 'sum(requests_total{code="5xx",version="$arm"})', count: 'sum(requests_total{version="$arm"})' } }
        """;

    private const string Means = """
        { name: duration, kind: mean, margin: 5, query: { sum: 'sum(ms_sum{version="$arm"})', count: 'sum(ms_count{version="$arm"})', squares: 'sum(ms_squares{version="$arm"})' } }
        """;

    [Fact]
    public async Task Both_arms_are_read_and_what_is_none_is_told_in_words()
    {
        await using var page = await ScrapedPage.StartAsync(
            """
            requests_total{code="2xx",version="1.8.0"} 880
            requests_total{code="5xx",version="1.8.0"} 20
            requests_total{code="2xx",version="1.8.1"} 100
            requests_total{code="2xx",version="1.9.0"} 95
            requests_total{code="5xx",version="1.9.0"} 5
            timeouts_total{version="1.8.0"} 7
            ms_sum{version="1.8.0"} 100000
            ms_count{version="1.8.0"} 1000
            ms_squares{version="1.8.0"} 10100000
            ms_sum{version="1.9.0"} 11000
            ms_count{version="1.9.0"} 100
            ms_squares{version="1.9.0"} 1220000
            """
        );
        using var folder = new TempFolder();
        var port = FreePort.Next();
        await File.WriteAllTextAsync(
            folder.File("prometheus.yml"),
            $"global: {{ scrape_interval: 1s }}\nscrape_configs: [{{ job_name: shop, static_configs: [{{ targets: ['{page.Address}'] }}] }}]\n",
            TestContext.Current.CancellationToken
        );
        using var prometheus = InstalledProgram.Start(
            "prometheus",
            $"--config.file={folder.File("prometheus.yml")}",
            $"--storage.tsdb.path={folder.File("tsdb")}",
            $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=error"
        );
        using var http = new HttpClient { Timeout = Patience.Longest };
        var metrics = new PrometheusMetrics(new PrometheusQueries(http, new Uri($"http://127.0.0.1:{port}/")));

        var reading = await Eventually.GetAsync(
            () => ReadAsync(metrics, Errors),
            r => r is { Control: 1_000, Canary: 100 },
            "Prometheus has not scraped the page"
        );
        reading.Control.ShouldBe(1_000);
        var errors = reading.Metrics.Single();
        (errors.Control!.Positive, errors.Canary!.Positive, errors.Error, errors.Missing).ShouldBe((20, 5, null, null));

        var means = (await ReadAsync(metrics, Means)).Metrics.Single();
        (means.Control!.Values.Mean, means.Canary!.Values.Mean).ShouldBe((100.0, 110.0));
        means.Canary.Values.Variance.ShouldBe((1_220_000 - 1_210_000) / 99.0, 1e-6);

        await ToldAsync(
            metrics,
            Errors.Replace("requests_total", "request_total"),
            r => r.Missing,
            "no series answers for either arm, is the metric's name right"
        );
        await ToldAsync(metrics, Errors.Replace("sum(requests_total{version", "(requests_total{version"), r => r.Error, "series answer where one is expected");
        await ToldAsync(metrics, Errors.Replace("'sum(requests_total{version", "'0/0 * sum(requests_total{version"), r => r.Missing, "NaN");
        await ToldAsync(metrics, Errors.Replace("count: 'sum(", "count: 'sum(("), r => r.Error, "refused (400): invalid parameter \"query\"");
        await ToldAsync(metrics, Means.Replace(", squares: 'sum(ms_squares{version=\"$arm\"})'", ""), r => r.Missing, "no squares are exported");
        await ToldAsync(metrics, Errors.Replace("version=\"$arm\"", "colour=\"$arm\""), r => r.Missing, "the canary: no series answers");
        // A sum that nothing answers is a name that is wrong as likely as an event that never happened; one arm that has it shows which.
        await ToldAsync(
            metrics,
            Errors.Replace("code=\"5xx\"", "code=\"5XX\""),
            r => r.Missing,
            "no series answers the sum of either arm, is its name right: sum(requests_total{code=\"5XX\",version=\"$arm\"}); if it never happened yet, write `or vector(0)`"
        );
        await CountedAsync(metrics, Errors.Replace("code=\"5xx\",version=\"$arm\"})", "code=\"4xx\",version=\"$arm\"}) or vector(0)"), 0, 0);
        await CountedAsync(metrics, Errors.Replace("requests_total{code=\"5xx\",", "timeouts_total{"), 7, 0);
        await ToldAsync(
            metrics,
            Errors.Replace("sum: 'sum(requests_total{code=\"5xx\",", "sum: '0/0 * sum(timeouts_total{"),
            r => r.Missing,
            "control: the answer is NaN"
        );
        var away = new PrometheusMetrics(new PrometheusQueries(http, new Uri($"http://127.0.0.1:{FreePort.Next()}/")));
        await ToldAsync(away, Errors, r => r.Error, "does not answer");
    }

    private static async Task ToldAsync(PrometheusMetrics metrics, string watch, Func<MetricReading, string?> what, string says) =>
        what((await ReadAsync(metrics, watch)).Metrics.Single()).ShouldNotBeNull(watch).ShouldContain(says);

    private static async Task CountedAsync(PrometheusMetrics metrics, string watch, long control, long canary)
    {
        var read = (await ReadAsync(metrics, watch)).Metrics.Single();
        (read.Missing, read.Error).ShouldBe((null, null), watch);
        (read.Control!.Positive, read.Canary!.Positive).ShouldBe((control, canary));
    }

    private static Task<CanaryReading> ReadAsync(PrometheusMetrics metrics, string watch)
    {
        var now = TimeProvider.System.GetUtcNow();
        return metrics.ReadAsync(Plan(watch), now.AddMinutes(-5), now, TestContext.Current.CancellationToken);
    }

    /// <summary>A page of metrics on a free port.</summary>
    private sealed class ScrapedPage : IAsyncDisposable
    {
        private readonly HttpListener listener = new();
        private readonly Task serving;

        private ScrapedPage(int port, string text)
        {
            Address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
            listener.Prefixes.Add($"http://{Address}/");
            listener.Start();
            serving = ServeAsync(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n") + "\n"));
        }

        public string Address { get; }

        public static Task<ScrapedPage> StartAsync(string text) => Task.FromResult(new ScrapedPage(FreePort.Next(), text));

        public async ValueTask DisposeAsync()
        {
            listener.Close();
            await serving;
        }

        private async Task ServeAsync(byte[] text)
        {
            try
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    context.Response.ContentType = "text/plain; version=0.0.4";
                    await context.Response.OutputStream.WriteAsync(text);
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
