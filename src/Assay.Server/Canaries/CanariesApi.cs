using Assay.Releases.Canaries;
using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Canaries;

/// <summary>Canaries over HTTP. A release is <c>name@version</c>, or a name for the latest of it.</summary>
internal static class CanariesApi
{
    private const int MostLooks = 5_000;

    public static void MapCanariesApi(this IEndpointRouteBuilder routes)
    {
        var canaries = routes.MapGroup("/api/v1/canaries").WithTags("canaries");
        canaries.MapGet("", ListAsync).RequireScope(Scope.Read).WithSummary("All canaries, the one that was looked at last first.");
        canaries
            .MapGet("/{release}", GetAsync)
            .RequireScope(Scope.Read)
            .WithSummary("One canary: its step, its metrics against control, and why it is where it is.");
        canaries
            .MapGet("/{release}/looks", LooksAsync)
            .RequireScope(Scope.Read)
            .WithSummary("The latest remembered looks at a canary, the oldest first; limit 1 to 5,000, 500 when left out.");
        canaries
            .MapPost("/{release}/start", StartAsync)
            .RequireScope(Scope.Write)
            .WithSummary("Begin the canary of a release by its name: the candidate's version or commit; force with a reason when the gate is not open.");
        canaries.MapPost("/{release}/looks", LookAsync).RequireScope(Scope.Write).WithSummary("Look at a canary now, decide and carry out.");
        canaries
            .MapPost("/{release}/promote", PromoteAsync)
            .RequireScope(Scope.Write)
            .WithSummary("Go on to the next step, with a reason: waives time, requests and proof; not data, not a break, not approvals.");
        canaries
            .MapPost("/{release}/rollback", RollBackAsync)
            .RequireScope(Scope.Write)
            .WithSummary("Take all traffic from a canary, with a reason. Traffic first, records afterwards.");
    }

    private static async Task<Ok<CanaryList>> ListAsync(CanaryDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.ListAsync(cancellationToken));

    private static async Task<Ok<CanaryStatus>> GetAsync(string release, CanaryDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.GetAsync(release, cancellationToken));

    private static async Task<Ok<CanaryLooks>> LooksAsync(string release, int? limit, CanaryDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.LooksAsync(release, Math.Clamp(limit ?? 500, 1, MostLooks), cancellationToken));

    private static async Task<Ok<CanaryStatus>> StartAsync(HttpContext context, string release, CanaryStart start, CanaryDesk desk)
    {
        // What was begun is followed to its end: who asked may have gone.
        var status = await desk.StartAsync(release, start, context.Caller().Actor, CancellationToken.None);
        context.Audits("canary.start", status.Release, start.Force ?? "The gate is open.");
        return TypedResults.Ok(status);
    }

    private static async Task<Ok<CanaryStatus>> LookAsync(HttpContext context, string release, CanaryDesk desk)
    {
        var status = await desk.LookAsync(release, CancellationToken.None);
        context.Audits("canary.look", status.Release);
        return TypedResults.Ok(status);
    }

    private static async Task<Ok<CanaryStatus>> PromoteAsync(HttpContext context, string release, CanaryOrder order, CanaryDesk desk)
    {
        var status = await desk.PromoteAsync(release, order, context.Caller().Actor, CancellationToken.None);
        context.Audits("canary.promote", status.Release, order.Reason);
        return TypedResults.Ok(status);
    }

    private static async Task<Ok<CanaryStatus>> RollBackAsync(HttpContext context, string release, CanaryOrder order, CanaryDesk desk)
    {
        var status = await desk.RollBackAsync(release, order, context.Caller().Actor, CancellationToken.None);
        context.Audits("canary.rollback", status.Release, order.Reason);
        return TypedResults.Ok(status);
    }
}
