using Assay.Embedded;
using Assay.Observability.Slos.Notifying;
using Assay.Server.Slos;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Tests.Slos;

public sealed class RecentAlertsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 12, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_alert_that_began_before_the_time_is_told_when_it_still_fires_or_was_resolved_in_it()
    {
        using var folder = new TempFolder();
        await using var store = await EmbeddedStore.OpenAsync(folder.Path, new SteppedTime(Now), TestContext.Current.CancellationToken);
        AlertMessage[] alerts =
        [
            Alert("fires_for_40_days", Now.AddDays(-40), null),
            Alert("resolved_an_hour_ago", Now.AddDays(-3), Now.AddHours(-1)),
            Alert("over_since_two_days", Now.AddDays(-3), Now.AddDays(-2)),
            Alert("began_two_hours_ago", Now.AddHours(-2), null),
        ];
        foreach (var alert in alerts)
        {
            var write = new DocumentWrite(AlertKeeper.Collection, alert.Id, alert.ToJson()) { At = alert.Since };
            await store.Documents.PutAsync(write, TestContext.Current.CancellationToken);
        }

        var day = TimeRange.Named("24h").Until(Now);
        var told = await new AlertHappenings(store.Documents).ListAsync(day, service: null, 10, TestContext.Current.CancellationToken);
        told.Select(h => h.Subject).ShouldBe(["ask.resolved_an_hour_ago", "ask.began_two_hours_ago", "ask.fires_for_40_days"]);

        var month = await RecentAlerts.ListAsync(store.Documents, Now.AddDays(-30), before: null, TestContext.Current.CancellationToken);
        month
            .Select(a => a.Slo)
            .ShouldBe(
                ["ask.resolved_an_hour_ago", "ask.began_two_hours_ago", "ask.over_since_two_days", "ask.fires_for_40_days"],
                "in the order of the times that are shown"
            );
    }

    private static AlertMessage Alert(string slo, DateTimeOffset since, DateTimeOffset? resolved) =>
        new(slo, resolved is null ? "firing" : "resolved", "page", $"ask.{slo}", "ask", since, resolved, "", null);
}
