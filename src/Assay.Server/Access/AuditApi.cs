using Assay.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access;

/// <summary>The audit log over HTTP.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/audit", ListAsync)
            .RequireScope(Scope.Read)
            .WithTags("access")
            .WithSummary("Every write with who, what, why and when; the newest first.");

    private static async Task<Ok<AuditPage>> ListAsync(
        Audit audit,
        DateTimeOffset? from,
        DateTimeOffset? before,
        int? skip,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var query = new DocumentQuery(Audit.Collection)
        {
            From = from,
            Before = before,
            Skip = Math.Clamp(skip ?? 0, 0, 100_000),
            Limit = Math.Clamp(limit ?? 100, 1, 1_000),
        };
        return TypedResults.Ok(new AuditPage(await audit.ListAsync(query, cancellationToken)));
    }
}

/// <summary>Lines of the audit log.</summary>
/// <param name="Records">The newest first.</param>
internal sealed record AuditPage(IReadOnlyList<AuditRecord> Records);
