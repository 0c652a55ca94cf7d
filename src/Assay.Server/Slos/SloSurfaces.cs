using Assay.Observability.Slos;
using Assay.Observability.Slos.Notifying;
using Assay.Server.Overview;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Slos;

/// <summary>SLOs for the lights of the overview.</summary>
internal sealed class WatchedLights(SloBook book) : ISloLights
{
    private static readonly TimeSpan SixHours = TimeSpan.FromHours(6);

    public ValueTask<IReadOnlyList<SloLight>> ListAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<SloLight>>([.. book.Monitor.Summary().Slos.Select(Light)]);

    private static SloLight Light(SloStatus status) =>
        new(
            status.Slo.Name,
            status.Slo.Service,
            SloPhrases.Objective(status.Slo),
            status.Verdict,
            status.BudgetLeft,
            status.BurnOf(SixHours),
            SloPhrases.Reason(status)
        )
        {
            Firing = status.Alerts.Count == 0 ? null : status.Alerts.Max(a => a.Severity),
        };
}

/// <summary>Alerts for what happened lately.</summary>
internal sealed class AlertHappenings(IDocumentStore documents) : IHappenings
{
    public async Task<IReadOnlyList<Happening>> ListAsync(TimeWindow window, string? service, int limit, CancellationToken cancellationToken)
    {
        var alerts = await RecentAlerts.ListAsync(documents, window.From, window.Before, cancellationToken);
        return [.. alerts.Where(a => service is null || a.Service == service).Take(limit).Select(Happening)];
    }

    private static Happening Happening(AlertMessage alert) =>
        new(
            RecentAlerts.ChangedAt(alert),
            alert.ResolvedAt is null ? "fail" : "pass",
            alert.Slo,
            "/slos/" + Uri.EscapeDataString(alert.Slo),
            SloPhrases.What(alert),
            AlertSentences.Why(alert)
        );
}
