using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Server.Tests.Benchmarks;
using Assay.Server.Tests.Hosting;
using Assay.Server.Tests.Samples;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Dashboards;

/// <summary>Every panel of every dashboard shows data where a real Prometheus scrapes the real hub and the sample service, some of whose answers fail.</summary>
public sealed partial class RealDashboardsTests
{
    [Fact]
    public async Task No_panel_is_empty_under_sample_traffic_with_errors()
    {
        using var folder = new TempFolder();
        using var hub = await ServedProcess.StartAsync(folder.File("hub"), "--catalog", RepositoryFolder.Of("catalog"));
        await HandInAsync(hub, folder.File("hub"));
        await using var service = new StartedRagService();
        service.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = hub.Otlp.BaseAddress!.ToString();
        service.Settings["ASSAY__EXPERIMENTATION__HUB"] = hub.Pages.BaseAddress!.ToString();
        service.Settings["SampleTraffic__PerMinute"] = "600";
        service.Settings["Faults__ErrorPercent"] = "10";
        await service.InitializeAsync();
        var port = FreePort.Next();
        WriteScrapeConfig(folder, hub, service);
        using var prometheus = InstalledProgram.Start(
            "prometheus",
            $"--config.file={folder.File("prometheus.yml")}",
            $"--storage.tsdb.path={folder.File("tsdb")}",
            $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=error"
        );
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience.Longest };

        var empty = DashboardFile.All().SelectMany(d => d.Queries.Select(q => (q.Dashboard, q.Panel, Query: d.Filled(q.Expression)))).ToList();
        empty.Count.ShouldBeGreaterThan(60);
        var began = TimeProvider.System.GetTimestamp();
        while (empty.Count > 0 && TimeProvider.System.GetElapsedTime(began) < Patience.Longest)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            var still = new List<(string Dashboard, string Panel, string Query)>();
            foreach (var asked in empty)
            {
                if (!await HasDataAsync(client, asked.Query))
                {
                    still.Add(asked);
                }
            }

            empty = still;
        }

        empty
            .Select(e => $"{e.Dashboard}, {e.Panel}: {e.Query}")
            .ShouldBeEmpty($"no data in {Patience.Longest.TotalSeconds} s; Prometheus said: {prometheus.Said}");
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Every panel had data {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s after Prometheus started."
            )
        );
    }

    /// <summary>A run with repeats, as a command hands it in.</summary>
    private static async Task HandInAsync(ServedProcess hub, string data)
    {
        using var admin = new HttpClient { BaseAddress = hub.Pages.BaseAddress };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(data, "token"))).Trim());
        var run = new SampleRun("20260312-120000-handbook", TimeProvider.System.GetUtcNow()) { Repeats = 2, DurationS = 12.5 };
        (await run.SendAsync(admin)).Status.ShouldBe(201);
    }

    /// <summary>The configuration that ships, with the addresses of this test and a second where it has 15 or a minute.</summary>
    private static void WriteScrapeConfig(TempFolder folder, ServedProcess hub, StartedRagService service)
    {
        var shipped = RepositoryFolder.Of("deploy/prometheus");
        var config = File.ReadAllText(Path.Combine(shipped, "prometheus.yml"));
        config.ShouldContain("127.0.0.1:5080");
        config.ShouldContain("127.0.0.1:5081");
        config = config
            .Replace("127.0.0.1:5080", hub.Pages.BaseAddress!.Authority, StringComparison.Ordinal)
            .Replace("127.0.0.1:5081", service.Client.BaseAddress!.Authority, StringComparison.Ordinal);
        File.WriteAllText(folder.File("prometheus.yml"), Interval().Replace(config, "interval: 1s"));
        foreach (var rules in Directory.EnumerateFiles(shipped, "*.rules.yml"))
        {
            File.WriteAllText(folder.File(Path.GetFileName(rules)), Interval().Replace(File.ReadAllText(rules), "interval: 1s"));
        }
    }

    /// <summary>Whether a query gives a number within the last minute, as a panel would draw it.</summary>
    private static async Task<bool> HasDataAsync(HttpClient client, string query)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var path = $"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start={now - 60}&end={now}&step=1";
        try
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
            {
                // It is still starting, and says so in plain text.
                return false;
            }

            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            // A query that Prometheus does not understand will never have data.
            json.RootElement.GetProperty("status").GetString().ShouldBe("success", $"{query}: {json.RootElement}");
            var series = json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray();
            return series.SelectMany(s => s.GetProperty("values").EnumerateArray()).Any(v => IsFinite(v[1].GetString()!));
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private static bool IsFinite(string number) => double.TryParse(number, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    [GeneratedRegex(@"interval: \d+[sm]", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Interval();
}
