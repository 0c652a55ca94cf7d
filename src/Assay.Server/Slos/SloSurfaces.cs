using System.Globalization;
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
        );
}

/// <summary>Alerts for what happened lately.</summary>
internal sealed class AlertHappenings(IDocumentStore documents) : IHappenings
{
    public async Task<IReadOnlyList<Happening>> ListAsync(TimeWindow window, string? service, int limit, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(AlertKeeper.Collection)
        {
            From = window.From,
            Before = window.Before,
            Limit = 1000,
        };
        var alerts = (await documents.ListAsync(query, cancellationToken)).Select(d => AlertMessage.Parse(d.Json.Span));
        return [.. alerts.Where(a => service is null || a.Service == service).Take(limit).Select(Happening)];
    }

    private static Happening Happening(AlertMessage alert) =>
        new(
            alert.ResolvedAt ?? alert.Since,
            alert.ResolvedAt is null ? "fail" : "pass",
            alert.Slo,
            "/slos/" + Uri.EscapeDataString(alert.Slo),
            SloPhrases.What(alert),
            Phrase.Same(alert.Resolution ?? alert.Reason)
        );
}

/// <summary>SLOs in both languages.</summary>
internal static class SloPhrases
{
    public static Phrase Objective(SloDefinition slo)
    {
        var share = Number(slo.Target * 100);
        var limit = Number(slo.Indicator.Threshold);
        return (slo.Indicator.Signal, slo.Indicator.Good) switch
        {
            (SloSignal.Requests, GoodWhen.AtMost) => new($"{share} % of requests within {limit} ms", $"{share} % запросов не дольше {limit} мс"),
            (SloSignal.Requests, _) => new($"{share} % of requests without an error", $"{share} % запросов без ошибки"),
            (SloSignal.Calls, GoodWhen.AtMost) => new($"{share} % of calls within {limit} ms", $"{share} % вызовов не дольше {limit} мс"),
            (SloSignal.Calls, _) => new($"{share} % of calls without an error", $"{share} % вызовов без ошибки"),
            (SloSignal.Scores, GoodWhen.AtMost) => new($"{share} % of scores at most {limit}", $"{share} % оценок не выше {limit}"),
            (SloSignal.Scores, _) => new($"{share} % of scores at least {limit}", $"{share} % оценок не ниже {limit}"),
            _ => new($"{share} % by Prometheus", $"{share} % по данным Prometheus"),
        };
    }

    public static Phrase Reason(SloStatus status)
    {
        var (bad, total) = (status.Count.Bad.ToString("#,0", CultureInfo.InvariantCulture), status.Count.Total.ToString("#,0", CultureInfo.InvariantCulture));
        var russian = status.Verdict switch
        {
            Verdict.NoData => "Нет событий за 30 дней.",
            Verdict.Inconclusive => $"Плохих {bad} из {total} за 30 дней: событий мало для решения.",
            _ => $"Плохих {bad} из {total} за 30 дней.",
        };
        return new Phrase(status.Reason, russian);
    }

    public static Phrase What(AlertMessage alert) =>
        (alert.Status, alert.Severity) switch
        {
            ("resolved", _) => new("alert resolved", "тревога снята"),
            (_, "page") => new("page", "срочная тревога"),
            _ => new("ticket", "задача"),
        };

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
