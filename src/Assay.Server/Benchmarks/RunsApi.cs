using System.IO.Compression;
using Assay.Evaluation.Storing;
using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Benchmarks;

/// <summary>Runs of benchmarks over HTTP.</summary>
internal static class RunsApi
{
    /// <summary>Bytes of a packed run: a hundred thousand cases have some tens of millions.</summary>
    public const long MaxRunBytes = 256L << 20;

    private const string Lines = "application/x-ndjson";

    public static void MapRunsApi(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/api/v1/runs").WithTags("benchmarks");
        runs.MapPost("", PutAsync)
            .RequireScope(Scope.Write)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MaxRunBytes))
            .Accepts<string>("application/gzip")
            .WithSummary("Hand a run in: JSON lines packed with gzip, the head of its report first, then its cases.")
            .WithDescription(
                "`assay eval run` and `assay eval publish RUN` do this. The first line is {\"report\": …, \"timings\": …} as report.json has them, each further line one case. "
                    + "The same run handed in again changes nothing; one that was resumed replaces what was stored of it."
            );
        runs.MapGet("", ListAsync).RequireScope(Scope.Read).WithSummary("Runs, the newest first; those of one benchmark with benchmark.");
        runs.MapGet("/{id}", FindAsync).RequireScope(Scope.Read).WithSummary("One run: gates, metrics, verdict, content, timings.");
        runs.MapGet("/{id}/cases", CasesAsync)
            .RequireScope(Scope.Read)
            .Produces<string>(StatusCodes.Status200OK, Lines)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The cases of a run, one a line, in the order of the dataset.");
        routes
            .MapGet("/api/v1/benchmarks", BenchmarksAsync)
            .RequireScope(Scope.Read)
            .WithTags("benchmarks")
            .WithSummary("Benchmarks with their metrics over the latest runs.");
    }

    private static async Task<Results<Created<RunReceipt>, Ok<RunReceipt>, ProblemHttpResult>> PutAsync(
        HttpContext context,
        StoredRuns runs,
        BenchmarkGauges gauges
    )
    {
        var by = context.Caller().Actor;
        var receipt = await RunPackage.ReadAsync(
            context.Request.Body,
            (head, cases) => runs.PutAsync(head, cases, by, context.RequestAborted),
            context.RequestAborted
        );
        if (receipt.Change is RunChange.Older or RunChange.Other)
        {
            return TypedResults.Problem(
                receipt.Change == RunChange.Older ? "Nothing is lost: the hub keeps what it has." : $"Read it with GET /api/v1/runs/{receipt.Run}.",
                title: receipt.Change == RunChange.Older ? "More of this run is stored already." : "Another run has this id.",
                statusCode: StatusCodes.Status409Conflict
            );
        }

        context.Audits("run.store", receipt.Run);
        await gauges.FollowAsync(receipt.Benchmark, context.RequestAborted);
        return receipt.Change == RunChange.Added ? TypedResults.Created($"/api/v1/runs/{receipt.Run}", receipt) : TypedResults.Ok(receipt);
    }

    private static async Task<Ok<RunList>> ListAsync([AsParameters] RunFilter filter, StoredRuns runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RunList([.. (await runs.ListAsync(filter.Benchmark, filter.Skipped, filter.Most, cancellationToken)).Select(ListedRun.Of)]));

    private static async Task<Results<Ok<StoredRun>, ProblemHttpResult>> FindAsync(string id, StoredRuns runs, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(found) : Missing();

    private static async Task<IResult> CasesAsync(string id, StoredRuns runs, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is null || await runs.PackedCasesAsync(id, cancellationToken) is not { } packed)
        {
            return Missing();
        }

        return TypedResults.Stream(new GZipStream(packed, CompressionMode.Decompress), Lines);
    }

    private static async Task<Ok<BenchmarkList>> BenchmarksAsync(BenchmarkShelf shelf, CancellationToken cancellationToken) =>
        TypedResults.Ok(new BenchmarkList([.. (await shelf.ListAsync(0, BenchmarkShelf.MostListed, cancellationToken)).Select(BenchmarkDocument.Of)]));

    private static ProblemHttpResult Missing() =>
        TypedResults.Problem("GET /api/v1/runs lists all.", title: "There is no such run.", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>Which runs to list.</summary>
/// <param name="Benchmark">Of this benchmark.</param>
/// <param name="Skip">How many to pass over, at most 100,000; 0 when left out.</param>
/// <param name="Limit">How many at most, 1 to 500; 100 when left out.</param>
internal sealed record RunFilter(string? Benchmark, int? Skip, int? Limit)
{
    internal int Skipped => Math.Clamp(Skip ?? 0, 0, 100_000);

    internal int Most => Math.Clamp(Limit ?? 100, 1, 500);
}
