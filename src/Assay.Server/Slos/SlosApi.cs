using Assay.Observability.Slos;
using Assay.Observability.Slos.Notifying;
using Assay.Server.Access;
using Assay.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Slos;

/// <summary>SLOs and alerts over HTTP.</summary>
internal static class SlosApi
{
    public static void MapSlosApi(this IEndpointRouteBuilder routes)
    {
        var slos = routes.MapGroup("/api/v1").RequireScope(Scope.Read).WithTags("slos");
        slos.MapGet("/slos", List).WithSummary("All SLOs: verdicts, budgets, burn rates and what fires.");
        slos.MapGet("/slos/{name}", Get).WithSummary("One SLO, and its burn rate and budget over time: hours 1 to 720, window one of 5m 30m 1h 2h 6h 1d 3d.");
        slos.MapGet("/alerts", ListAlertsAsync).WithSummary("Alerts, the newest first, with those that are over.");
    }

    private static Ok<SlosReport> List(SloBook book) => TypedResults.Ok(SlosReport.Of(book.Monitor.Summary()));

    private static Ok<SloDetail> Get(SloBook book, string name, int? hours, string? window)
    {
        var slo = book.Monitor.TryFind(name) ?? throw AssayException.Usage($"There is no SLO '{name}'.", "GET /api/v1/slos lists those there are.");
        if (hours is < 1 or > 720)
        {
            throw AssayException.Usage($"hours is {hours}.", "Give 1 to 720.");
        }

        var length =
            BurnReading.WindowOf(window ?? "1h") ?? throw AssayException.Usage($"There is no window '{window}'.", "Give 5m, 30m, 1h, 2h, 6h, 1d or 3d.");
        var series = SloSeries.Read(slo, TimeSpan.FromHours(hours ?? 24), length);
        var points = series.Points.Select(p => new PointReport(p.At, p.Burn, p.BudgetLeft));
        return TypedResults.Ok(new SloDetail(SloReport.Of(slo.Status()), window ?? "1h", (long)series.Step.TotalSeconds, [.. points]));
    }

    private static async Task<Ok<AlertsReport>> ListAlertsAsync(
        IDocumentStore documents,
        DateTimeOffset? from,
        DateTimeOffset? before,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var query = new DocumentQuery(AlertKeeper.Collection)
        {
            From = from,
            Before = before,
            Limit = Math.Clamp(limit ?? 100, 1, 1000),
        };
        var found = await documents.ListAsync(query, cancellationToken);
        return TypedResults.Ok(new AlertsReport([.. found.Select(d => AlertMessage.Parse(d.Json.Span))]));
    }
}
