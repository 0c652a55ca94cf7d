using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Assay.Experimentation.Flags;
using Assay.Flags;
using Assay.Hashing;
using Assay.Server.Access;
using Assay.Server.Flags.Streams;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Flags.Ofrep;

/// <summary>
/// The OpenFeature Remote Evaluation Protocol, versions 0.2 and 0.3 (event streams), and the configuration of 0.1: any OpenFeature SDK evaluates flags here. A flag
/// whose type is another than the client expects is told as it is; the provider says so to its caller.
/// </summary>
internal static class OfrepApi
{
    /// <summary>Where changes are told.</summary>
    public const string StreamPath = "/ofrep/v1/events";

    /// <summary>Bytes of a context, which is an address and a few attributes.</summary>
    private const int MaxBodyBytes = 64 << 10;

    private const int DeepestContext = 16;

    // Who is told of changes need not ask at all; who asks anyway finds none within a second.
    private const int MinPollingMs = 1_000;

    private static readonly OfrepConfiguration Configuration = new(
        "assay",
        new OfrepCapabilities(
            new OfrepCacheInvalidation(new OfrepPolling(true, MinPollingMs)),
            new OfrepFlagEvaluation(["int", "float", "string", "boolean", "object"])
        )
    );

    private static readonly IReadOnlyList<OfrepStream> Streams = [new("sse", new OfrepEndpoint(StreamPath))];

    public static void MapOfrep(this IEndpointRouteBuilder routes)
    {
        var ofrep = routes.MapGroup("/ofrep/v1").RequireScope(Scope.Read).WithTags("ofrep");
        ofrep
            .MapPost("/evaluate/flags/{key}", EvaluateAsync)
            .WithMetadata(ReadsOnly.Instance, EvaluationRate.Instance, new RequestSizeLimitAttribute(MaxBodyBytes));
        ofrep
            .MapPost("/evaluate/flags", EvaluateAllAsync)
            .WithMetadata(ReadsOnly.Instance, EvaluationRate.Instance, new RequestSizeLimitAttribute(MaxBodyBytes));
        ofrep.MapGet("/configuration", (HttpContext context) => AnswerWithTagAsync(context, Configuration, OfrepJson.Default.OfrepConfiguration));
        ofrep
            .MapGet("/events", (HttpContext context, EventStreams streams) => streams.ServeAsync(context, EventWords.Refetch))
            .WithMetadata(LongLived.Instance);
    }

    private static async Task EvaluateAsync(HttpContext context, string key, FlagDesk desk, FlagMeter meter)
    {
        try
        {
            var unit = await ReadAsync(context);
            var evaluation = OfrepEvaluation.Of(key, desk.State.Snapshot.Flags.Evaluate(key, unit));
            meter.Evaluated(
                evaluation.ErrorCode is null ? "ok"
                : evaluation.ErrorCode == OfrepError.FlagNotFound ? "not_found"
                : "error"
            );
            await AnswerAsync(context, StatusOf(evaluation.ErrorCode), evaluation, OfrepJson.Default.OfrepEvaluation);
        }
        catch (OfrepException e)
        {
            meter.Evaluated("error");
            var failed = OfrepEvaluation.Failed(key, e.Code, e.Message);
            await AnswerAsync(context, StatusCodes.Status400BadRequest, failed, OfrepJson.Default.OfrepEvaluation);
        }
    }

    private static async Task EvaluateAllAsync(HttpContext context, FlagDesk desk, FlagMeter meter)
    {
        try
        {
            var unit = await ReadAsync(context);
            var snapshot = desk.State.Snapshot;
            var bulk = new OfrepBulk(All(snapshot.Flags, unit), Streams, new OfrepBulkMetadata(snapshot.Version));
            meter.Evaluated("ok", bulk.Flags.Count);
            await AnswerBulkAsync(context, bulk);
        }
        catch (OfrepException e)
        {
            meter.Evaluated("error");
            await AnswerAsync(context, StatusCodes.Status400BadRequest, new OfrepFailure(e.Code, e.Message), OfrepJson.Default.OfrepFailure);
        }
    }

    private static IReadOnlyList<OfrepEvaluation> All(FlagSet flags, Unit unit) =>
        [.. flags.All.Select(f => OfrepEvaluation.Of(f.Name, flags.Evaluate(f.Name, unit)))];

    // The tag is of the values alone: a change of flags that are the same for this unit is none for it.
    private static Task AnswerBulkAsync(HttpContext context, OfrepBulk bulk)
    {
        var tag = TagOf(JsonSerializer.SerializeToUtf8Bytes(bulk.Flags, OfrepJson.Default.IReadOnlyListOfrepEvaluation));
        return SnapshotApi.IsCurrent(context, tag) ? Task.CompletedTask : AnswerAsync(context, StatusCodes.Status200OK, bulk, OfrepJson.Default.OfrepBulk);
    }

    private static Task AnswerWithTagAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        var tag = TagOf(JsonSerializer.SerializeToUtf8Bytes(answer, type));
        return SnapshotApi.IsCurrent(context, tag) ? Task.CompletedTask : AnswerAsync(context, StatusCodes.Status200OK, answer, type);
    }

    private static string TagOf(byte[] content) => XxHash64.Hash(content).ToString("x16");

    private static int StatusOf(string? errorCode) =>
        errorCode switch
        {
            null => StatusCodes.Status200OK,
            OfrepError.FlagNotFound => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status400BadRequest,
        };

    private static async Task<Unit> ReadAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = DeepestContext }, context.RequestAborted);
            return OfrepContext.OfBody(body.RootElement);
        }
        catch (JsonException e)
        {
            throw new OfrepException(
                OfrepError.ParseError,
                $"The body is no JSON, or deeper than {DeepestContext} levels. Send {{\"context\": {{\"targetingKey\": …}}}}.",
                e
            );
        }
    }

    private static Task AnswerAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer, type, "application/json; charset=utf-8", context.RequestAborted);
    }
}
