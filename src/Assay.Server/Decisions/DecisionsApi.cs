using System.Text.Json.Serialization;
using Assay.Server.Access;
using Assay.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Decisions;

/// <summary>The decision log over HTTP.</summary>
internal static class DecisionsApi
{
    public static void MapDecisionsApi(this IEndpointRouteBuilder routes)
    {
        var decisions = routes.MapGroup("/api/v1/decisions").WithTags("decisions");
        decisions.MapPost("", RecordAsync).RequireScope(Scope.Write).WithSummary("Record a decision: who, about what, on which inputs, why.");
        decisions.MapGet("", ListAsync).RequireScope(Scope.Read).WithSummary("Decisions, the newest first; those of one trace with trace_id.");
        decisions.MapGet("/{id}", FindAsync).RequireScope(Scope.Read).WithSummary("One decision.");
    }

    private static async Task<Results<Created<Decision>, Ok<Decision>, ProblemHttpResult>> RecordAsync(
        HttpContext context,
        DecisionRequest request,
        DecisionLog log
    )
    {
        request.Check();
        var recorded = await log.RecordAsync(request, context.Caller().Actor, context.RequestAborted);
        if (!recorded.IsSame)
        {
            return TypedResults.Problem(
                $"Read it with GET /api/v1/decisions/{recorded.Decision.Id}, or send yours with another key.",
                title: "Another decision has this key.",
                statusCode: StatusCodes.Status409Conflict
            );
        }

        context.Audits("decision.create", recorded.Decision.Id, request.Reason);
        return recorded.IsNew ? TypedResults.Created($"/api/v1/decisions/{recorded.Decision.Id}", recorded.Decision) : TypedResults.Ok(recorded.Decision);
    }

    private static async Task<Ok<DecisionPage>> ListAsync([AsParameters] DecisionFilter filter, DecisionLog log, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DecisionPage(await log.ListAsync(filter.Query(), cancellationToken)));

    private static async Task<Results<Ok<Decision>, ProblemHttpResult>> FindAsync(string id, DecisionLog log, CancellationToken cancellationToken) =>
        await log.FindAsync(id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.Problem("GET /api/v1/decisions lists all.", title: "There is no such decision.", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>Which decisions to list.</summary>
/// <param name="TraceId">Of this trace: 32 hex digits.</param>
/// <param name="From">At or after this time.</param>
/// <param name="Before">Before this time.</param>
/// <param name="Skip">How many to pass over, at most 100,000; 0 when left out.</param>
/// <param name="Limit">How many at most, 1 to 1,000; 100 when left out.</param>
internal sealed record DecisionFilter([FromQuery(Name = "trace_id")] string? TraceId, DateTimeOffset? From, DateTimeOffset? Before, int? Skip, int? Limit)
{
    /// <exception cref="AssayException">The trace id is none (exit code 2).</exception>
    public DecisionQuery Query() => new(Trace(), From, Before, Math.Clamp(Skip ?? 0, 0, 100_000), Math.Clamp(Limit ?? 100, 1, 1_000));

    private TraceId? Trace() =>
        TraceId is null ? null
        : Stores.TraceId.TryParse(TraceId, out var trace) ? trace
        : throw AssayException.Usage("trace_id is no trace id.", "Give 32 hex digits.");
}

/// <summary>Decisions.</summary>
/// <param name="Decisions">The newest first.</param>
internal sealed record DecisionPage(IReadOnlyList<Decision> Decisions);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(DecisionPage))]
[JsonSerializable(typeof(DecisionRequest))]
internal sealed partial class DecisionsJson : JsonSerializerContext;
