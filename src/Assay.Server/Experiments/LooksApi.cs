using System.Text.Json.Serialization;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;
using Assay.Server.Access;
using Assay.Server.Experiments.Pages;
using Assay.Server.Flags;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Experiments;

/// <summary>Looks at experiments over HTTP.</summary>
internal static class LooksApi
{
    public static void MapLooksApi(this IEndpointRouteBuilder routes)
    {
        var experiments = routes.MapGroup("/api/v1/experiments/{name}").WithTags("experiments");
        experiments
            .MapPost("/looks", LookAsync)
            .RequireScope(Scope.Write)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Look at an experiment now: health, guardrails, goals, decision. The look is remembered.");
        experiments
            .MapGet("/looks", ListAsync)
            .RequireScope(Scope.Read)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary($"The latest {LookBook.MostTold} remembered looks at an experiment's version, the oldest first.");
        experiments
            .MapGet("/report", RecallAsync)
            .RequireScope(Scope.Read)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("How an experiment stood at a time (as_of, now when left out); nothing is remembered.");
    }

    private static async Task<Results<Ok<ExperimentReport>, ProblemHttpResult>> LookAsync(
        HttpContext context,
        string name,
        FlagDesk desk,
        ExperimentShelf shelf
    )
    {
        if (Find(desk, name) is not { } experiment)
        {
            return Missing(name);
        }

        var report = await shelf.LookAsync(experiment, context.RequestAborted);
        context.Audits("experiment.look", name, report.Decision.Title);
        return TypedResults.Ok(report);
    }

    private static async Task<Results<Ok<LookList>, ProblemHttpResult>> ListAsync(
        string name,
        FlagDesk desk,
        LookBook book,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        Find(desk, name) is { } experiment
            ? TypedResults.Ok(new LookList(await book.PastAsync(experiment.Name, experiment.Version, time.GetUtcNow().AddTicks(1), cancellationToken)))
            : Missing(name);

    private static async Task<Results<Ok<ExperimentReport>, ProblemHttpResult>> RecallAsync(
        string name,
        FlagDesk desk,
        LookBook book,
        TimeProvider time,
        DateTimeOffset? as_of,
        CancellationToken cancellationToken
    ) => Find(desk, name) is { } experiment ? TypedResults.Ok(await book.RecallAsync(experiment, as_of ?? time.GetUtcNow(), cancellationToken)) : Missing(name);

    private static ExperimentFile? Find(FlagDesk desk, string name) => desk.State.Experiments.GetValueOrDefault(name);

    private static ProblemHttpResult Missing(string name) =>
        TypedResults.Problem(
            "GET /api/v1/experiments lists all; an experiment is made by a file in the catalog's folder experiments.",
            title: $"There is no experiment '{FlagName.Shown(name)}'.",
            statusCode: StatusCodes.Status404NotFound
        );
}

/// <summary>Remembered looks.</summary>
/// <param name="Looks">The oldest first.</param>
internal sealed record LookList(IReadOnlyList<ExperimentLook> Looks);

[JsonSerializable(typeof(LookList))]
internal sealed partial class ExperimentsJson : JsonSerializerContext;
