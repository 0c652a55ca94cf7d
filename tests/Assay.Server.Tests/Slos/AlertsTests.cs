using Assay.Observability.Slos.Notifying;

namespace Assay.Server.Tests.Slos;

public sealed class AlertsTests
{
    private const string Secret = "a-secret-of-the-tests";

    [Fact]
    public async Task An_incident_is_a_page_in_the_API_the_log_and_the_webhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync(failures: 2);
        await using var hub = await RunningHub.StartAsync(o =>
            o.Variables = new Dictionary<string, string>
            {
                ["ASSAY__OBSERVABILITY__ALERT_WEBHOOK_URL"] = receiver.Address.ToString(),
                ["ASSAY__OBSERVABILITY__ALERT_WEBHOOK_SECRET"] = Secret,
            }
        );
        await AskTraffic.SendAsync(hub.Otlp, good: 50, bad: 50);

        var (signature, body) = await Eventually.GetAsync(
            () => Task.FromResult(receiver.Taken.FirstOrDefault()),
            t => t.Body is not null,
            "the webhook was not called"
        );
        WebhookSignature.IsValid(Secret, signature, body, TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5)).ShouldBeTrue();
        var message = AlertMessage.Parse(body);
        (message.Slo, message.Service, message.Severity, message.Status).ShouldBe(("ask.availability", "ask", "page", "firing"));

        var alerts = await Eventually.GetAsync(
            () => Answered.GetAsync(hub.Client, "/api/v1/alerts"),
            a => a.Json.GetProperty("alerts").GetArrayLength() > 0,
            "no alert was stored"
        );
        alerts.Json.GetProperty("alerts")[0].GetProperty("id").GetString().ShouldBe(message.Id);
        await hub.StopAsync();
        var log = await File.ReadAllTextAsync(Path.Combine(hub.Folder, "logs", "hub.log"), TestContext.Current.CancellationToken);
        log.ShouldContain("Page: the SLO ask.availability of ask burns its budget.");
        log.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task An_alert_is_told_once_over_a_restart()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var variables = new Dictionary<string, string> { ["ASSAY__OBSERVABILITY__ALERT_WEBHOOK_URL"] = receiver.Address.ToString() };
        using var folder = new TempFolder();
        await using (var hub = await RunningHub.StartAsync(o => o.Variables = variables, folder: folder.Path))
        {
            await AskTraffic.SendAsync(hub.Otlp, good: 50, bad: 50);
            await Eventually.GetAsync(() => Task.FromResult(receiver.Taken.Count), n => n == 1, "the webhook was not called");
        }

        await using (var hub = await RunningHub.StartAsync(o => o.Variables = variables, folder: folder.Path))
        {
            var slo = await SlosApiTests.SloAsync(hub, "ask.availability", events: 100);
            slo.GetProperty("alerts").GetArrayLength().ShouldBe(1);
            await AskTraffic.SendAsync(hub.Otlp, good: 0, bad: 1);
            await SlosApiTests.SloAsync(hub, "ask.availability", events: 101);
        }

        receiver.Taken.Count.ShouldBe(1);
    }
}
