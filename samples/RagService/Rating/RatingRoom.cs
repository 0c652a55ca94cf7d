using Assay.Experimentation.Hosting;
using Assay.Observability.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;
using RagService.Experimenting;

namespace RagService.Rating;

/// <summary>What a user thought of an answer.</summary>
/// <param name="TraceId">The answer's <c>trace_id</c>.</param>
/// <param name="CorrelationId">Or its <c>correlation_id</c>.</param>
/// <param name="Rating">Stars, 1 to 5.</param>
/// <param name="Comment">What the user said, up to 1,000 characters.</param>
internal sealed record RateRequest(string? TraceId, string? CorrelationId, int? Rating, string? Comment = null);

/// <summary><c>POST /rate</c>.</summary>
internal static class RatingRoom
{
    private const int MaxComment = 1_000;

    public static void AddRating(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RecentAnswers>();

    public static void MapRating(this WebApplication app) => app.MapPost("/rate", Rate);

    private static Results<Accepted, ProblemHttpResult> Rate(
        RateRequest request,
        RecentAnswers recent,
        QualityRecorder quality,
        RerankerTest test,
        RequestUnit unit
    )
    {
        if (request.Rating is not (>= 1 and <= 5) || request.Comment?.Length > MaxComment)
        {
            return TypedResults.Problem("Send a rating of 1 to 5 and a comment of up to 1,000 characters.", statusCode: 400, title: "The rating is not one.");
        }

        if ((request.TraceId ?? request.CorrelationId) is not { } id)
        {
            return TypedResults.Problem("Send the trace_id or the correlation_id of the answer.", statusCode: 400, title: "It is not said what is rated.");
        }

        if (recent.Find(id) is not { } answer)
        {
            return TypedResults.Problem("Send an id from an answer of this service; the last 10,000 are known.", statusCode: 404, title: "No such answer.");
        }

        // 1 star is -1, 3 are 0, 5 are 1.
        quality.RecordRating((request.Rating.Value - 3) / 2.0, answer, comment: request.Comment);
        test.Rated(unit, request.Rating.Value);
        return TypedResults.Accepted((string?)null);
    }
}
