using System.Globalization;
using System.Net;
using System.Text.Json;
using Assay.Observability;
using Assay.Observability.Slos;
using Assay.Observability.Slos.Rules;

namespace Assay.Server.Tests.Slos;

/// <summary>The generated rules in a real Prometheus that scrapes a real hub, with a real Alertmanager behind it.</summary>
[Collection(nameof(AloneInProcess))]
public sealed class PrometheusAlertingTests
{
    private const string Scraped = "assay_slo_events_total{slo=\"alerted.availability\"}";

    [Fact]
    public async Task An_incident_reaches_the_webhook_of_Alertmanager()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var hub = await RunningHub.StartAsync();
        using var folder = new TempFolder();
        var (prometheusPort, alertmanagerPort) = (FreePort.Next(), FreePort.Next());
        WriteFiles(folder, hub, receiver, alertmanagerPort);
        using var alertmanager = InstalledProgram.Start(
            "prometheus-alertmanager",
            $"--config.file={folder.File("alertmanager.yml")}",
            $"--storage.path={folder.File("alerts")}",
            $"--web.listen-address=127.0.0.1:{alertmanagerPort}",
            // Else it binds a port of the cluster on all interfaces.
            "--cluster.listen-address="
        );
        using var prometheus = InstalledProgram.Start(
            "prometheus",
            $"--config.file={folder.File("prometheus.yml")}",
            $"--storage.tsdb.path={folder.File("tsdb")}",
            $"--web.listen-address=127.0.0.1:{prometheusPort}",
            "--log.level=error"
        );
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{prometheusPort}"), Timeout = Patience.Longest };

        // Good traffic that Prometheus has seen, so that the bad one is an increase.
        await AskTraffic.SendAsync(hub.Otlp, good: 50, bad: 0, "alerted");
        await Eventually.GetAsync(() => AskAsync(client, Scraped), v => v == 50, "Prometheus has not scraped the hub");
        await Eventually.GetAsync(() => AskAsync(new Uri($"http://127.0.0.1:{alertmanagerPort}/-/ready")), up => up, "Alertmanager is not ready");

        var began = TimeProvider.System.GetTimestamp();
        await AskTraffic.SendAsync(hub.Otlp, good: 10, bad: 40, "alerted");
        await Eventually.GetAsync(() => Task.FromResult(receiver.Taken.Count), n => n > 0, "Alertmanager has not called the webhook");
        var took = TimeProvider.System.GetElapsedTime(began);

        receiver.Taken.TryPeek(out var taken).ShouldBeTrue();
        using var message = JsonDocument.Parse(taken.Body);
        var labels = message.RootElement.GetProperty("alerts")[0].GetProperty("labels");
        labels.GetProperty("alertname").GetString().ShouldBeOneOf("AssaySloPage", "AssaySloTicket");
        labels.GetProperty("slo").GetString().ShouldBe("alerted.availability");
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"From the incident to the webhook of Alertmanager: {took.TotalSeconds:0.0} s, with a scrape every second."
            )
        );

        // Engine and Prometheus tell the same: both saw 40 of 100.
        var engine = await SlosApiTests.SloAsync(hub, "alerted.availability", events: 100);
        var burn = engine.GetProperty("burns")[0].GetProperty("burn").GetDouble();
        burn.ShouldBe(400, 1e-6);
        await Eventually.GetAsync(
            () => AskAsync(client, "slo:bad_events:5m{slo=\"alerted.availability\"}"),
            v => v >= 40,
            "Prometheus has not counted the bad requests"
        );
    }

    private static void WriteFiles(TempFolder folder, RunningHub hub, WebhookReceiver receiver, int alertmanagerPort)
    {
        var slos = SloDefinition.Defaults(new ObservabilityOptions()).Select(s => s with { Name = $"alerted.{s.Name}", Service = "alerted" });
        File.WriteAllText(folder.File("slo.rules.yml"), SloRuleFile.Write(slos));
        File.WriteAllText(
            folder.File("prometheus.yml"),
            $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [slo.rules.yml]
            alerting:
              alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:{{alertmanagerPort}}"] }] }]
            scrape_configs:
              - job_name: hub
                static_configs: [{ targets: ["{{hub.Addresses.Pages.Authority}}"] }]
            """
        );
        File.WriteAllText(
            folder.File("alertmanager.yml"),
            $$"""
            route: { receiver: hook, group_wait: 0s, group_interval: 1s }
            receivers:
              - name: hook
                webhook_configs: [{ url: "{{receiver.Address}}" }]
            """
        );
    }

    private static async Task<double?> AskAsync(HttpClient client, string query)
    {
        try
        {
            var path = new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative);
            using var answer = JsonDocument.Parse(await client.GetStringAsync(path, TestContext.Current.CancellationToken));
            var found = answer.RootElement.GetProperty("data").GetProperty("result");
            return found.GetArrayLength() == 0 ? null : double.Parse(found[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            // It is still starting.
            return null;
        }
    }

    private static async Task<bool> AskAsync(Uri ready)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(ready, TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
