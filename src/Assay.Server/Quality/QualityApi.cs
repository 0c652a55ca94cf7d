using Assay.Server.Access;
using Assay.Server.Costs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Quality;

/// <summary>Quality and the dashboard document over HTTP.</summary>
internal static class QualityApi
{
    private const string Times = "Times are ISO 8601; the last 24 hours by default.";

    public static void MapQualityApi(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/v1/quality", QualityAsync)
            .RequireScope(Scope.Read)
            .WithTags("quality")
            .WithSummary("Means of scores and ratings and trigger rates of guardrails, each with its 95 % interval.")
            .WithDescription($"{Times} by is operation (default), version, variant, prompt or service.");
        routes
            .MapGet("/api/v1/dashboard", DashboardAsync)
            .RequireScope(Scope.Read)
            .WithTags("quality")
            .WithSummary("Latency, errors, costs, quality, tool calls and SLOs of a window in one document.")
            .WithDescription($"{Times} With a step (5m, 1h, 1d) it has points over time.");
    }

    private static async Task<Ok<QualityReport>> QualityAsync(
        HttpRequest request,
        DashboardReader dashboard,
        TimeProvider time,
        CancellationToken cancellationToken,
        string? from = null,
        string? to = null,
        string? by = null,
        string? service = null,
        string? environment = null,
        string? version = null
    )
    {
        // Named for the document; read from the query, where an empty value is none.
        _ = (from, to, service, environment, version);
        var window = AskedWindow.Read(request.Query, time.GetUtcNow());
        return TypedResults.Ok(await dashboard.QualityAsync(window, QualitySplit.Of(by ?? ""), AskedFilter.Read(request.Query), cancellationToken));
    }

    private static async Task<Ok<Dashboard>> DashboardAsync(
        HttpRequest request,
        DashboardReader dashboard,
        TimeProvider time,
        CancellationToken cancellationToken,
        string? from = null,
        string? to = null,
        string? step = null,
        string? service = null,
        string? environment = null,
        string? version = null
    )
    {
        _ = (from, to, step, service, environment, version);
        var window = AskedWindow.Read(request.Query, time.GetUtcNow());
        return TypedResults.Ok(await dashboard.ReadAsync(window, AskedWindow.HasSteps(request.Query), AskedFilter.Read(request.Query), cancellationToken));
    }
}
