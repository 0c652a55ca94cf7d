using System.Text.Json.Serialization;
using Assay.Server.Access;
using Assay.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Traces;

/// <summary>Traces over HTTP.</summary>
internal static class TracesApi
{
    public static void MapTracesApi(this IEndpointRouteBuilder routes)
    {
        var traces = routes.MapGroup("/api/v1/traces").RequireScope(Scope.Read).WithTags("traces");
        traces.MapGet("", ListAsync).WithSummary("Requests that services answered, the newest first.");
        traces.MapGet("/{id}", FindAsync).WithSummary("A trace: spans with attributes and events, logs, scores, cost.");
    }

    private static async Task<Ok<TraceSummaries>> ListAsync([AsParameters] TraceQuery query, IEventStore events, CancellationToken cancellationToken) =>
        TypedResults.Ok(TraceSummaries.Of(await events.FindRequestsAsync(query.ToQuery(), cancellationToken)));

    private static async Task<Results<Ok<TraceDocument>, ProblemHttpResult>> FindAsync(string id, IEventStore events, CancellationToken cancellationToken)
    {
        var trace = TraceQuery.IdOf(id);
        return await events.GetTraceAsync(trace, cancellationToken) is { } found
            ? TypedResults.Ok(TraceDocument.Of(trace, found))
            : TypedResults.Problem(
                "It may not have arrived yet, or is older than what is kept. GET /api/v1/traces lists what is there.",
                title: "Nothing of this trace is there.",
                statusCode: StatusCodes.Status404NotFound
            );
    }
}

/// <summary>Which requests to list; what is left out lets everything pass.</summary>
internal sealed record TraceQuery
{
    private const int MostRows = 500;

    /// <summary>The service, exactly.</summary>
    public string? Service { get; init; }

    /// <summary>The service's version, exactly.</summary>
    public string? Version { get; init; }

    /// <summary>Part of the request's name.</summary>
    public string? Name { get; init; }

    /// <summary>Only failed requests, or only others.</summary>
    public bool? Failed { get; init; }

    /// <summary>At least so many milliseconds.</summary>
    [FromQuery(Name = "min_ms")]
    public double? MinMs { get; init; }

    /// <summary>At most so many milliseconds.</summary>
    [FromQuery(Name = "max_ms")]
    public double? MaxMs { get; init; }

    /// <summary>Began at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Began before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The correlation id, exactly.</summary>
    [FromQuery(Name = "correlation_id")]
    public string? CorrelationId { get; init; }

    /// <summary>The variant, exactly.</summary>
    public string? Variant { get; init; }

    /// <summary>The prompt, exactly.</summary>
    public string? Prompt { get; init; }

    /// <summary>The mark of the page before.</summary>
    public string? After { get; init; }

    /// <summary>Rows of a page, 1 to 500; 50 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The trace id of a text.</summary>
    /// <exception cref="AssayException">It is none (exit code 2).</exception>
    public static TraceId IdOf(string text) =>
        TraceId.TryParse(text, out var trace) ? trace : throw AssayException.Usage("This is no trace id.", "A trace id has 32 hex digits and is not zero.");

    /// <exception cref="AssayException">A duration or the limit is out of range (exit code 2).</exception>
    public RequestQuery ToQuery() =>
        new()
        {
            Service = Service,
            Version = Version,
            Name = Name,
            Failed = Failed,
            AtLeast = Duration("min_ms", MinMs),
            AtMost = Duration("max_ms", MaxMs),
            From = From,
            Before = Before,
            CorrelationId = CorrelationId,
            Variant = Variant,
            Prompt = Prompt,
            After = After,
            Limit = Limit is null or (>= 1 and <= MostRows)
                ? Limit ?? 50
                : throw AssayException.Usage($"limit {Limit} is out of range.", $"Give 1 to {MostRows}."),
        };

    /// <summary>The same as a query string, with its question mark.</summary>
    public string ToText() =>
        QueryString
            .Create(
                new Dictionary<string, string?>
                {
                    ["service"] = Service,
                    ["version"] = Version,
                    ["name"] = Name,
                    ["failed"] = Failed?.ToString().ToLowerInvariant(),
                    ["min_ms"] = MinMs?.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                    ["max_ms"] = MaxMs?.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                    ["from"] = From?.ToString("O"),
                    ["before"] = Before?.ToString("O"),
                    ["correlation_id"] = CorrelationId,
                    ["variant"] = Variant,
                    ["prompt"] = Prompt,
                    ["after"] = After,
                    ["limit"] = Limit?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                }.Where(p => p.Value is not null)
            )
            .ToString();

    private static TimeSpan? Duration(string name, double? ms) =>
        ms is null ? null
        : ms is >= 0 and <= 86_400_000 ? TimeSpan.FromMilliseconds(ms.Value)
        : throw AssayException.Usage($"{name} is out of range.", "Give milliseconds, 0 to 86,400,000.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(Hosting.SnakeCaseEnum<SpanCategory>),
        typeof(Hosting.SnakeCaseEnum<Intake.Details.OtlpSpanKind>),
        typeof(Hosting.SnakeCaseEnum<Intake.Details.OtlpType>),
        typeof(Hosting.SnakeCaseEnum<LogSeverity>),
        typeof(Hosting.SnakeCaseEnum<ScoreKind>),
        typeof(Hosting.SnakeCaseEnum<Prices.Pricing>),
    ]
)]
[JsonSerializable(typeof(TraceSummaries))]
[JsonSerializable(typeof(TraceDocument))]
internal sealed partial class TracesJson : JsonSerializerContext;
