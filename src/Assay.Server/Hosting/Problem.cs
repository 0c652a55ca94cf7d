using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Surface.Errors;
using Assay.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Assay.Server.Hosting;

/// <summary>What went wrong with a request, as RFC 9457 has it; what to do about it is in <see cref="Detail"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">Where it is wrong and what to do.</param>
internal sealed record Problem(int Status, string Title, string Detail)
{
    public const string ContentType = "application/problem+json";

    /// <summary>Always <c>about:blank</c>: the status says the kind.</summary>
    public string Type { get; } = "about:blank";

    /// <summary>What a person's browser is told instead; null for the words of the status.</summary>
    [JsonIgnore]
    public ErrorWords? Words { get; init; }

    /// <summary>The problem of an exception; what a caller cannot mend is not told in words of the inside.</summary>
    public static Problem Of(Exception exception) =>
        exception switch
        {
            AssayException { ExitCode: ExitCode.WrongUsage } e => new(StatusCodes.Status400BadRequest, e.Message, e.Fix),
            AssayException e => new(StatusCodes.Status503ServiceUnavailable, e.Message, e.Fix),
            StoreBusyException e => new(StatusCodes.Status503ServiceUnavailable, e.Message, "Send it again in a second."),
            BadHttpRequestException { InnerException: JsonException json } e => new(e.StatusCode, "The body is not the JSON that is expected.", Where(json)),
            BadHttpRequestException e => new(e.StatusCode, ReasonPhrases.GetReasonPhrase(e.StatusCode), e.Message + " " + FixOf(e.StatusCode)),
            _ => new(StatusCodes.Status500InternalServerError, "The hub failed at this request.", FixOf(StatusCodes.Status500InternalServerError)),
        };

    /// <summary>The problem of an answer that has a status and nothing else.</summary>
    public static Problem Of(int status) => new(status, ReasonPhrases.GetReasonPhrase(status), FixOf(status));

    private static string Where(JsonException e) =>
        e.Path is null
            ? "Send one JSON object with Content-Type: application/json. See /api/v1/openapi.json."
            : $"At {e.Path}, line {(e.LineNumber ?? 0) + 1}: correct the value or the name. See /api/v1/openapi.json.";

    private static string FixOf(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "Compare the request with /api/v1/openapi.json.",
            StatusCodes.Status404NotFound => "Nothing answers at this address of this port. What there is: /api/v1/openapi.json on the port of pages and API.",
            StatusCodes.Status405MethodNotAllowed => "The address exists, but not with this method; the header Allow names those it has.",
            StatusCodes.Status413PayloadTooLarge => $"Send at most {HubEndpoints.MaxBodyBytes} bytes at a time.",
            StatusCodes.Status415UnsupportedMediaType => "Send JSON with Content-Type: application/json.",
            StatusCodes.Status500InternalServerError => "The log of the hub says more: logs/hub.log in the data folder. The same request may be sent again.",
            _ => "See /api/v1/openapi.json.",
        };
}
