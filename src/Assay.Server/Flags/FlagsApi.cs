using System.Text.Json;
using Assay.Experimentation.Flags;
using Assay.Server.Access;
using Assay.Server.Flags.Ofrep;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Flags;

/// <summary>Flags over HTTP.</summary>
internal static class FlagsApi
{
    public static void MapFlagsApi(this IEndpointRouteBuilder routes)
    {
        var flags = routes.MapGroup("/api/v1/flags").WithTags("flags");
        flags.MapGet("", List).RequireScope(Scope.Read).WithSummary("All flags: switch, shares, rules, the last change, and why one should be looked at.");
        flags
            .MapGet("/stale", ListStale)
            .RequireScope(Scope.Read)
            .WithSummary("Flags that are expired, decided, killed for long, or changed for long without their file.");
        flags.MapGet("/export", Export).RequireScope(Scope.Read).WithSummary("The catalog files with what was decided since in them.");
        flags.MapGet("/{name}", Get).RequireScope(Scope.Read).WithSummary("One flag: its file, its override, and both together.");
        flags
            .MapPost("/{name}", ChangeAsync)
            .RequireScope(Scope.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Change a flag: killed, enabled, rollout, rules or reset, with a reason; in force everywhere within a second.");
        flags
            .MapGet("/{name}/history", HistoryAsync)
            .RequireScope(Scope.Read)
            .WithSummary("What was decided about a flag, by whom and why, the newest first; skip up to 9,000, limit 1 to 1,000.");
        flags
            .MapPost("/{name}/preview", Preview)
            .RequireScope(Scope.Read)
            .WithMetadata(ReadsOnly.Instance)
            .WithSummary("How many units would get another variant after a change that is not made.");
        flags
            .MapPost("/{name}/explain", Explain)
            .RequireScope(Scope.Read)
            .WithMetadata(ReadsOnly.Instance)
            .WithSummary("Why a unit gets its variant: each rule and condition with its outcome. The body is {\"context\": {\"targetingKey\": …}}.");
    }

    private static Ok<FlagList> List(FlagDesk desk, TimeProvider time) => TypedResults.Ok(FlagList.Of(desk.State, Today(time)));

    private static Ok<StaleFlagList> ListStale(FlagDesk desk, TimeProvider time) => TypedResults.Ok(new StaleFlagList(StaleFlags.Of(desk.State, Today(time))));

    private static Ok<FlagFiles> Export(FlagDesk desk) => TypedResults.Ok(new FlagFiles(FlagExport.Of(desk.State, desk.Folder.Flags)));

    private static Results<Ok<FlagDetail>, ProblemHttpResult> Get(string name, FlagDesk desk, TimeProvider time) =>
        desk.State.Files.TryGetValue(name, out var file) ? TypedResults.Ok(FlagDetail.Of(desk.State, desk.Folder.Flags, file, Today(time))) : Missing(name);

    private static async Task<Results<Ok<FlagDetail>, ProblemHttpResult>> ChangeAsync(
        HttpContext context,
        string name,
        FlagChange change,
        FlagDesk desk,
        FlagMeter meter,
        TimeProvider time
    )
    {
        // A change that was begun is followed to its end: who asked may have gone.
        var outcome = await desk.ChangeAsync(name, change, context.Caller().Actor, CancellationToken.None);
        if (outcome.Kind != ChangeOutcomeKind.Done)
        {
            return outcome.Kind == ChangeOutcomeKind.Unknown ? Missing(name) : Conflict(name, change.ExpectedVersion, outcome.Override);
        }

        context.Audits($"flag.{change.Kind}", name, outcome.Override!.Reason);
        meter.Changed(change.Kind);
        var state = desk.State;
        return TypedResults.Ok(FlagDetail.Of(state, desk.Folder.Flags, state.Files[name], Today(time)));
    }

    private static async Task<Results<Ok<FlagHistory>, ProblemHttpResult>> HistoryAsync(
        string name,
        int? skip,
        int? limit,
        FlagDesk desk,
        CancellationToken cancellationToken
    )
    {
        var entries = FlagName.IsOne(name)
            ? await desk.HistoryAsync(name, Math.Clamp(skip ?? 0, 0, FlagDocuments.DeepestHistory), Math.Clamp(limit ?? 100, 1, 999), cancellationToken)
            : [];
        return entries.Count > 0 || desk.State.Files.ContainsKey(name) ? TypedResults.Ok(new FlagHistory(name, entries)) : Missing(name);
    }

    private static Results<Ok<FlagPreview>, ProblemHttpResult> Preview(string name, FlagPreviewRequest request, FlagDesk desk)
    {
        if (!desk.State.Files.ContainsKey(name))
        {
            return Missing(name);
        }

        var then = desk.Try(name, request.Change);
        return TypedResults.Ok(FlagPreview.Of(name, desk.State.Snapshot.Flags, then, request.Read()));
    }

    private static Results<Ok<FlagExplanation>, ProblemHttpResult> Explain(string name, JsonElement body, FlagDesk desk)
    {
        try
        {
            return desk.State.Snapshot.Flags.Explain(name, OfrepContext.OfBody(body)) is { } explained ? TypedResults.Ok(explained) : Missing(name);
        }
        catch (OfrepException e)
        {
            throw AssayException.Usage(e.Message, "Send {\"context\": {\"targetingKey\": \"user-17\", \"group\": \"beta\"}}.", e);
        }
    }

    private static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static ProblemHttpResult Missing(string name) =>
        TypedResults.Problem(
            "GET /api/v1/flags lists all; a flag is made by a file in the catalog's folder flags.",
            title: $"There is no flag '{FlagName.Shown(name)}'.",
            statusCode: StatusCodes.Status404NotFound
        );

    private static ProblemHttpResult Conflict(string name, long? expected, FlagOverride? there) =>
        TypedResults.Problem(
            there is null
                ? "Nobody changed it yet: its version is 0."
                : $"{there.Actor} changed it at {there.At:u}: {there.Reason} Look at it with GET /api/v1/flags/{name}, then send your change for version {there.Version}.",
            title: expected is { } e
                ? $"The flag has version {there?.Version ?? 0}, not {e}."
                : $"Somebody else changed the flag at the same moment: it has version {there?.Version ?? 0}.",
            statusCode: StatusCodes.Status409Conflict,
            extensions: new Dictionary<string, object?> { ["expected_version"] = expected, ["version"] = there?.Version ?? 0 }
        );
}
