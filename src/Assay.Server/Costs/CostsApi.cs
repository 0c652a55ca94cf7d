using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Costs;

/// <summary>Costs over HTTP.</summary>
internal static class CostsApi
{
    public static void MapCostsApi(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/costs", GetAsync)
            .RequireScope(Scope.Read)
            .WithTags("costs")
            .WithSummary("What model calls cost: totals, by model, prompt, operation, version, service or variant, and over time.")
            .WithDescription(
                "Times are ISO 8601; the last 24 hours by default. step is a whole number of minutes, hours or days (5m, 1h, 1d). "
                    + "by is model (default), prompt, operation, version, service or variant. An amount that is unknown is left out, never 0."
            );

    private static async Task<Ok<CostReport>> GetAsync(
        HttpRequest request,
        CostReader costs,
        TimeProvider time,
        CancellationToken cancellationToken,
        string? from = null,
        string? to = null,
        string? step = null,
        string? by = null,
        string? service = null,
        string? environment = null,
        string? version = null
    )
    {
        // Named for the document; read from the query, where an empty value is none.
        _ = (from, to, step, service, environment, version);
        var question = new CostQuestion(
            AskedWindow.Read(request.Query, time.GetUtcNow()),
            AskedWindow.HasSteps(request.Query),
            CostSplit.Of(by ?? ""),
            AskedFilter.Read(request.Query)
        );
        return TypedResults.Ok(await costs.ReadAsync(question, cancellationToken));
    }
}
