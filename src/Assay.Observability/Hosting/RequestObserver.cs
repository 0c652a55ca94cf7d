using System.Collections.Frozen;
using System.Diagnostics;
using Assay.Observability.Correlations;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Observability.Hosting;

/// <summary>
/// Stands around the whole pipeline of a service: takes the correlation id, gives it back, names the request's span, logs start and end, and measures.
/// </summary>
internal sealed class RequestObserver(RequestMetrics metrics, ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>Paths that machines ask for all the time; they leave neither span nor log nor sample.</summary>
    private static readonly FrozenSet<string> Quiet = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "/metrics", "/healthz", "/readyz", "/livez");

    // The caller went away before the answer: no status was sent, and it is no failure of the service. The number is nginx'.
    private const int ClientClosedRequest = 499;

    private readonly ILogger log = loggers.CreateLogger("Assay.request");

    public async Task ObserveAsync(HttpContext context, RequestDelegate next)
    {
        var span = RequestSpan.Of(context);
        if (Quiet.Contains(context.Request.Path.Value ?? ""))
        {
            if (span is not null)
            {
                RequestSpan.Suppress(span);
            }

            await next(context);
            return;
        }

        using var correlation = Correlate(context, span);
        var started = time.GetTimestamp();
        var (method, path) = (RequestSpan.MethodOf(context), context.Request.Path.Value ?? "");
        log.RequestStarted(method, path);
        var exception = await RunAsync(context, next, started);
        var thrown = exception ?? context.Features.Get<IExceptionHandlerFeature>()?.Error;
        End(context, span, new RequestEnd(time.GetElapsedTime(started), context.Response.StatusCode, thrown, Broke: false));
    }

    private CorrelationScope Correlate(HttpContext context, Activity? span)
    {
        var sent = context.Request.Headers[Correlation.Header].ToString();
        var scope = Correlation.Begin(sent.Length > 0 ? sent : span?.GetBaggageItem(Correlation.BaggageKey));
        if (scope.Ignored)
        {
            log.CorrelationIgnored();
        }

        var id = Correlation.Current ?? context.TraceIdentifier;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Correlation.Header] = id;
            return Task.CompletedTask;
        });
        return scope;
    }

    /// <summary>
    /// Runs the service. What it throws and nobody handled becomes an empty answer with the correlation id, as the server's own would be but for the id;
    /// once the answer has begun the exception goes on, so that the connection breaks and the caller knows: a failure whatever the status that was
    /// sent, unless the caller left first.
    /// </summary>
    private async Task<Exception?> RunAsync(HttpContext context, RequestDelegate next, long started)
    {
        try
        {
            await next(context);
            return null;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusOf(e, context);
            return e;
        }
        catch (Exception e)
        {
            var broke = !context.RequestAborted.IsCancellationRequested;
            End(context, RequestSpan.Of(context), new RequestEnd(time.GetElapsedTime(started), context.Response.StatusCode, e, broke));
            throw;
        }
    }

    private static int StatusOf(Exception exception, HttpContext context) =>
        exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            OperationCanceledException when context.RequestAborted.IsCancellationRequested => ClientClosedRequest,
            _ => StatusCodes.Status500InternalServerError,
        };

    private void End(HttpContext context, Activity? span, RequestEnd end)
    {
        var (method, route) = (RequestSpan.MethodOf(context), RequestSpan.RouteOf(context));
        var operation = route is null ? "other" : $"{method} {route}";
        metrics.Record(operation, end);
        if (span is { IsAllDataRequested: true })
        {
            RequestSpan.Describe(span, context, method, route, end);
        }

        if (end.Failed)
        {
            log.RequestFailed(end.Exception, operation, end.Status, end.Took.TotalMilliseconds);
        }
        else
        {
            log.RequestEnded(operation, end.Status, end.Took.TotalMilliseconds);
        }
    }
}

/// <summary>How a request ended.</summary>
/// <param name="Took">How long it took.</param>
/// <param name="Status">The status that was sent.</param>
/// <param name="Exception">What was thrown, handled or not.</param>
/// <param name="Broke">Whether the answer broke off after it had begun.</param>
internal readonly record struct RequestEnd(TimeSpan Took, int Status, Exception? Exception, bool Broke)
{
    /// <summary>Whether the service failed.</summary>
    public bool Failed => Broke || Status >= StatusCodes.Status500InternalServerError;
}
