using Assay.Server.Access;
using Assay.Server.Flags.Streams;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Flags;

/// <summary>What services that evaluate in process fetch: all flags and experiments as one snapshot, and word of each new one.</summary>
internal static class SnapshotApi
{
    public static void MapSnapshotApi(this IEndpointRouteBuilder routes)
    {
        var snapshot = routes.MapGroup("/api/v1/snapshot").RequireScope(Scope.Read).WithTags("flags");
        snapshot
            .MapGet("", GetAsync)
            .Produces<string>(StatusCodes.Status200OK, "application/json")
            .Produces(StatusCodes.Status304NotModified)
            .WithSummary("All flags and experiments in force; its ETag is its version.");
        snapshot
            .MapGet("/stream", (HttpContext context, EventStreams streams) => streams.ServeAsync(context, EventWords.Snapshot))
            .WithMetadata(LongLived.Instance)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary(
                "Server-sent events: `snapshot` with the version, first the one in force; a comment every 15 s. Last-Event-ID is the version that a client has."
            );
    }

    /// <summary>Sets the tag of an answer; when the caller has that already, answers so.</summary>
    /// <returns>Whether nothing more is to be sent.</returns>
    public static bool IsCurrent(HttpContext context, string tag)
    {
        var quoted = $"\"{tag}\"";
        context.Response.Headers.ETag = quoted;
        context.Response.Headers.CacheControl = "no-cache";
        var known = context.Request.Headers.IfNoneMatch;
        if (!EntityTagHeaderValue.TryParseList(known, out var tags) || !tags.Any(t => t.Tag == quoted || t.Equals(EntityTagHeaderValue.Any)))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private static async Task GetAsync(HttpContext context, FlagDesk desk)
    {
        var state = desk.State;
        if (IsCurrent(context, state.Snapshot.Version))
        {
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(state.Json, context.RequestAborted);
    }
}
