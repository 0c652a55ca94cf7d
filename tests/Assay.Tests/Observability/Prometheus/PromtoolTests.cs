using System.Diagnostics;
using Assay.Telemetry;

namespace Assay.Tests.Observability.Prometheus;

public sealed class PromtoolTests
{
    [Fact]
    public async Task Promtool_finds_nothing_wrong_with_the_whole_registry()
    {
        using var scraped = new Scraped(o =>
        {
            o.ShowTargetInfo = true;
            o.StartsAtZero = static (_, _) => true;
        });
        foreach (var metric in TelemetryRegistry.Default.Metrics)
        {
            Emit(scraped, metric);
        }

        var (status, output) = await CheckAsync(scraped.Exporter.Scrape());
        output.ShouldBe("");
        status.ShouldBe(0);
    }

    [Fact]
    public async Task Promtool_refuses_a_page_with_a_fault()
    {
        var (status, output) = await CheckAsync("# TYPE a counter\na 1\na 2 3 4\n"u8.ToArray());
        status.ShouldNotBe(0);
        output.ShouldNotBe("");
    }

    private static void Emit(Scraped scraped, MetricDefinition metric)
    {
        KeyValuePair<string, object?>[] tags = [.. metric.Labels.Select(l => Scraped.Tag(l.Name, l.Values[0]))];
        var registry = TelemetryRegistry.Default;
        switch (metric.Type)
        {
            case MetricType.Histogram:
                registry.CreateHistogram(scraped.Meter, metric.Name).Record(0.3, tags);
                break;
            case MetricType.Gauge:
                registry.CreateGauge(scraped.Meter, metric.Name).Record(12, tags);
                break;
            case MetricType.Counter when metric.Name != scraped.Dropped.Name:
                registry.CreateCounter(scraped.Meter, metric.Name).Add(1, tags);
                break;
            default:
                scraped.Dropped.Add(1, tags);
                break;
        }
    }

    private static async Task<(int Status, string Output)> CheckAsync(byte[] page)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var promtool = Start();
        await promtool.StandardInput.BaseStream.WriteAsync(page, cancel);
        promtool.StandardInput.Close();
        var output = promtool.StandardOutput.ReadToEndAsync(cancel);
        var error = await promtool.StandardError.ReadToEndAsync(cancel);
        await promtool.WaitForExitAsync(cancel);
        return (promtool.ExitCode, error + await output);
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") != "1")
        {
            Assert.Skip("promtool is not installed (Debian package prometheus); set ASSAY_REQUIRE_DATA=1 to make this a failure.");
            throw;
        }
    }
}
