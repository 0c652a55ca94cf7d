using System.Text.Json;
using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Quality;

/// <summary>Scores over HTTP.</summary>
internal static class ScoresApi
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 4 };

    public static void MapScores(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/v1/scores", PostAsync)
            .RequireScope(Scope.Ingest)
            .DisableAntiforgery()
            .Accepts<JsonElement>("application/json")
            .WithTags("quality")
            .WithSummary("Stores one score or an array of at most 1,000: of a judge, a user or a guardrail.")
            .WithDescription(
                "Fields: name, value, kind (quality, rating, guardrail), label, reason, time, service, version, environment, operation, variant, prompt, "
                    + "trace_id, span_id, key. A score with a key that is there already is counted as a duplicate; without a key it is made of trace, span, "
                    + "kind and name. What a score does not say of service, operation, variant and prompt its trace says."
            );

    private static async Task<Ok<ScoresReport>> PostAsync(HttpRequest request, ScoreIntake scores, TimeProvider time, CancellationToken cancellationToken)
    {
        using var body = await ParseAsync(request.Body, cancellationToken);
        var drafts = ScoreParsing.Read(body.RootElement, time.GetUtcNow());
        return TypedResults.Ok(await scores.TakeAsync(drafts, cancellationToken));
    }

    private static async Task<JsonDocument> ParseAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, Reading, cancellationToken);
        }
        catch (JsonException e)
        {
            throw AssayException.Usage(
                $"The body is not JSON: line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}.",
                "Send a score or an array of scores as JSON in UTF-8.",
                e
            );
        }
    }
}
