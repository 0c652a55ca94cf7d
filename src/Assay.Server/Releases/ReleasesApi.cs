using Assay.Releases.Approvals;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Releases.Rehearsals;
using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Releases;

/// <summary>Releases over HTTP.</summary>
internal static class ReleasesApi
{
    // A dataset's worth of evidence and a release file have some hundred kilobytes.
    private const long MaxGateBytes = 4 << 20;

    public static void MapReleasesApi(this IEndpointRouteBuilder routes)
    {
        var releases = routes.MapGroup("/api/v1/releases").WithTags("releases");
        releases.MapGet("", ListAsync).RequireScope(Scope.Read).WithSummary("Releases of the catalog with the state of their versions in the ledger.");
        releases
            .MapGet("/{release}/ledger", LedgerAsync)
            .RequireScope(Scope.Read)
            .WithSummary("What happened in a release (name@version), in order: after a number, limit 1 to 1,000.");
        releases
            .MapPost("/{name}/gate", GateAsync)
            .RequireScope(Scope.Write)
            .WithMetadata(new RequestSizeLimitAttribute(MaxGateBytes))
            .WithSummary(
                "Decide a gate: the candidate's version and commit, and, in the place of the hub's own, a release file and evidence. Evidence and decision go into the ledger."
            );
        releases
            .MapPost("/{release}/evidence", RecordAsync)
            .RequireScope(Scope.Write)
            .WithMetadata(new RequestSizeLimitAttribute(MaxGateBytes))
            .WithSummary("Write evidence of a release (name@version) into the ledger; a piece that is there already is not written again.");
        releases
            .MapPost("/{release}/deployments", DeployedAsync)
            .RequireScope(Scope.Write)
            .WithSummary("Tell the ledger that a version (name@version) runs in an environment; under the id of an earlier deployment it changes nothing.");
        releases
            .MapPost("/{release}/rehearsals", RehearsedAsync)
            .RequireScope(Scope.Write)
            .WithMetadata(new RequestSizeLimitAttribute(MaxGateBytes))
            .WithSummary("Write rehearsals of the rollback of a release (name@version) into the ledger; one that is there already is not written again.");
        releases
            .MapGet("/{release}/approvals/{scope}", TargetAsync)
            .RequireScope(Scope.Read)
            .WithSummary("What an approval of a release must be signed for; scope is gate or promote.");
        releases
            .MapPost("/{release}/approvals", ApproveAsync)
            .RequireScope(Scope.Write)
            .WithSummary("Approve a release: a text signed with the key of one of the catalog's approvers. `assay release approve` makes it.");
    }

    private static async Task<Ok<ReleaseList>> ListAsync(ReleaseDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.ListAsync(cancellationToken));

    private static async Task<Ok<LinkList>> LedgerAsync(string release, long? after, int? limit, StoredLedger ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            LinkList.Of(
                await ledger.ReadAsync(ReleaseId.Read(release).ToString(), Math.Max(0, after ?? 0), Math.Clamp(limit ?? 100, 1, 1_000), cancellationToken)
            )
        );

    private static async Task<Ok<GateAnswer>> GateAsync(HttpContext context, string name, GateRequest request, ReleaseDesk desk)
    {
        // A decision that was begun is written down: who asked may have gone.
        var answer = await desk.GateAsync(name, request, context.Caller().Actor, CancellationToken.None);
        context.Audits("release.gate", answer.Decision.Release, answer.Decision.Reason);
        return TypedResults.Ok(answer);
    }

    private static async Task<Ok<LinkList>> RecordAsync(HttpContext context, string release, EvidenceHandIn request, ReleaseDesk desk)
    {
        var links = await desk.RecordAsync(ReleaseId.Read(release), request.Evidence, context.Caller().Actor, CancellationToken.None);
        context.Audits("release.evidence", release);
        return TypedResults.Ok(LinkList.Of(links));
    }

    private static async Task<Ok<LinkDocument>> DeployedAsync(HttpContext context, string release, Deployment deployment, ReleaseDesk desk)
    {
        var link = await desk.DeployedAsync(ReleaseId.Read(release), deployment, context.Caller().Actor, CancellationToken.None);
        context.Audits("release.deployed", release, deployment.Reason);
        return TypedResults.Ok(LinkDocument.Of(link));
    }

    private static async Task<Ok<LinkList>> RehearsedAsync(HttpContext context, string release, RehearsalHandIn request, ReleaseDesk desk)
    {
        var links = await desk.RehearsedAsync(ReleaseId.Read(release), request.Rehearsals, context.Caller().Actor, CancellationToken.None);
        context.Audits("release.rehearsal", release);
        return TypedResults.Ok(LinkList.Of(links));
    }

    private static async Task<Ok<ApprovalTarget>> TargetAsync(string release, string scope, ReleaseDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(ApprovalTarget.Of(await desk.SubjectAsync(ReleaseId.Read(release), Known(scope), cancellationToken)));

    private static async Task<Ok<LinkDocument>> ApproveAsync(HttpContext context, string release, Approval approval, ReleaseDesk desk)
    {
        if (approval.Release != release)
        {
            throw AssayException.Usage($"The approval was signed for another release than '{ReleaseId.Read(release)}'.", "Send it to the address of its own.");
        }

        var link = await desk.ApproveAsync(approval, context.Caller().Actor, CancellationToken.None);
        context.Audits("release.approve", release, approval.Reason);
        return TypedResults.Ok(LinkDocument.Of(link));
    }

    private static string Known(string scope) =>
        ApprovalScope.IsOne(scope) ? scope : throw AssayException.Usage("That is nothing that is approved.", $"Give one of {ApprovalScope.All}.");
}
