using Microsoft.Extensions.Logging;

namespace Assay.Observability.Hosting;

/// <summary>The two log records of a request. Query strings, headers and bodies are never among them.</summary>
internal static partial class RequestLog
{
    [LoggerMessage(EventId = 1, EventName = "request_started", Level = LogLevel.Information, Message = "Request {Method} {Path} started")]
    public static partial void RequestStarted(this ILogger log, string method, string path);

    [LoggerMessage(
        EventId = 2,
        EventName = "request_ended",
        Level = LogLevel.Information,
        Message = "Request {Operation} ended with {StatusCode} after {DurationMs:F1} ms"
    )]
    public static partial void RequestEnded(this ILogger log, string operation, int statusCode, double durationMs);

    [LoggerMessage(
        EventId = 3,
        EventName = "request_failed",
        Level = LogLevel.Error,
        Message = "Request {Operation} failed with {StatusCode} after {DurationMs:F1} ms"
    )]
    public static partial void RequestFailed(this ILogger log, Exception? exception, string operation, int statusCode, double durationMs);

    [LoggerMessage(EventId = 4, EventName = "correlation_ignored", Level = LogLevel.Warning, Message = "An X-Correlation-ID that is not valid was ignored")]
    public static partial void CorrelationIgnored(this ILogger log);
}
