using Assay.Observability.Slos.Notifying;
using Assay.Stores;

namespace Assay.Server.Slos;

/// <summary>Alerts that fired within a time: those that began in it, that were resolved in it, and that still fire whenever they began.</summary>
internal static class RecentAlerts
{
    // Documents are dated by the begin of their alert, so all that began earlier are asked for too: of more than these, the latest.
    private const int MostAsked = 1000;

    /// <summary>The alerts, the latest change first.</summary>
    /// <param name="documents">Where alerts are stored.</param>
    /// <param name="from">The begin of the time.</param>
    /// <param name="before">Its end; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<AlertMessage>> ListAsync(
        IDocumentStore documents,
        DateTimeOffset from,
        DateTimeOffset? before,
        CancellationToken cancellationToken
    )
    {
        var query = new DocumentQuery(AlertKeeper.Collection) { Before = before, Limit = MostAsked };
        var found = await documents.ListAsync(query, cancellationToken);
        return Of(found.Select(d => AlertMessage.Parse(d.Json.Span)), from);
    }

    /// <summary>Those of some alerts that still fire, or fired at or after a time; the latest change first.</summary>
    internal static IReadOnlyList<AlertMessage> Of(IEnumerable<AlertMessage> alerts, DateTimeOffset from) =>
        [.. alerts.Where(a => a.ResolvedAt is null || a.ResolvedAt >= from).OrderByDescending(ChangedAt)];

    /// <summary>When it was resolved; while it fires, when it began.</summary>
    internal static DateTimeOffset ChangedAt(AlertMessage alert) => alert.ResolvedAt ?? alert.Since;
}
