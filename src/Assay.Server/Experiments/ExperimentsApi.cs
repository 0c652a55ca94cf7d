using Assay.Experimentation.Experiments;
using Assay.Server.Access;
using Assay.Server.Flags;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Experiments;

/// <summary>Experiments over HTTP.</summary>
internal static class ExperimentsApi
{
    public static void MapExperimentsApi(this IEndpointRouteBuilder routes)
    {
        var experiments = routes.MapGroup("/api/v1/experiments").RequireScope(Scope.Read).WithTags("experiments");
        experiments.MapGet("", List).WithSummary("All experiments of the catalog.");
        experiments.MapGet("/{name}", Get).WithSummary("One experiment as its file has it.");
    }

    private static Ok<ExperimentList> List(FlagDesk desk) => TypedResults.Ok(ExperimentList.Of(desk.State));

    private static Results<Ok<ExperimentDetail>, ProblemHttpResult> Get(string name, FlagDesk desk) =>
        desk.State.Experiments.TryGetValue(name, out var found)
            ? TypedResults.Ok(new ExperimentDetail(found, desk.State.Snapshot.Version, desk.State.Fault))
            : TypedResults.Problem(
                "GET /api/v1/experiments lists all; an experiment is made by a file in the catalog's folder experiments.",
                title: $"There is no experiment '{FlagName.Shown(name)}'.",
                statusCode: StatusCodes.Status404NotFound
            );
}

/// <summary>All experiments.</summary>
/// <param name="Experiments">By name.</param>
/// <param name="Version">The version of the snapshot that assigns units.</param>
/// <param name="Fault">Why the files as they are now are not in force.</param>
internal sealed record ExperimentList(IReadOnlyList<ExperimentSummary> Experiments, string Version, FlagFault? Fault)
{
    public static ExperimentList Of(FlagState state) =>
        new([.. state.Experiments.Values.OrderBy(e => e.Name, StringComparer.Ordinal).Select(ExperimentSummary.Of)], state.Snapshot.Version, state.Fault);
}

/// <summary>An experiment in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hypothesis">What is expected and why.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Version">Part of every exposure.</param>
/// <param name="Running">Whether units are assigned now.</param>
/// <param name="Traffic">The share of the units that take part, in percent.</param>
/// <param name="Layer">The layer; null for none.</param>
/// <param name="Control">The arm that the others are compared with.</param>
/// <param name="Variants">The arms and their weights.</param>
/// <param name="Goals">The metrics it is decided by.</param>
internal sealed record ExperimentSummary(
    string Name,
    string Hypothesis,
    string Owner,
    int Version,
    bool Running,
    decimal Traffic,
    string? Layer,
    string Control,
    IReadOnlyList<ArmEntry> Variants,
    IReadOnlyList<string> Goals
)
{
    public static ExperimentSummary Of(ExperimentFile file) =>
        new(
            file.Name,
            file.Hypothesis,
            file.Owner,
            file.Version,
            file.Running,
            file.Traffic,
            file.Layer,
            file.Control,
            file.Variants,
            [.. file.Metrics.Where(m => m.Role == "goal").Select(m => m.Name)]
        );
}

/// <summary>One experiment.</summary>
/// <param name="Definition">As its file has it.</param>
/// <param name="Version">The version of the snapshot that assigns units.</param>
/// <param name="Fault">Why the files as they are now are not in force.</param>
internal sealed record ExperimentDetail(ExperimentFile Definition, string Version, FlagFault? Fault);
