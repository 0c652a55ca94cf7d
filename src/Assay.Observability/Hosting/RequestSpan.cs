using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Observability.Hosting;

/// <summary>
/// What ASP.NET's own span of a request says. Names are those of OpenTelemetry's semantic conventions for HTTP, stable since 1.23.
/// </summary>
internal static class RequestSpan
{
    public const string Source = "Microsoft.AspNetCore";

    private static readonly HashSet<string> Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"];

    /// <summary>The request's span; null where nobody listens.</summary>
    public static Activity? Of(HttpContext context) => context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpActivityFeature>()?.Activity;

    /// <summary>The method as a name with few values: an unknown one is the caller's invention.</summary>
    public static string MethodOf(HttpContext context) => Methods.Contains(context.Request.Method) ? context.Request.Method : "_OTHER";

    /// <summary>The template of the route, such as <c>/orders/{id}</c>; null when no route matched.</summary>
    public static string? RouteOf(HttpContext context)
    {
        // An exception handler runs the pipeline anew, and what is left of the first run is in its feature.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var template = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        return template is null || template.StartsWith('/') ? template : "/" + template;
    }

    /// <summary>Takes a span out of what is exported, such as one of a scrape.</summary>
    public static void Suppress(Activity span)
    {
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    /// <summary>Names the span and says how the request ended.</summary>
    public static void Describe(Activity span, HttpContext context, string method, string? route, in RequestEnd end)
    {
        var verb = method == "_OTHER" ? "HTTP" : method;
        span.DisplayName = route is null ? verb : $"{verb} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.response.status_code", end.Status);
        span.SetTag("url.scheme", context.Request.Scheme);
        if (route is not null)
        {
            span.SetTag("http.route", route);
        }

        if (end.Failed)
        {
            span.SetTag("error.type", end.Exception?.GetType().FullName ?? end.Status.ToString());
            Fail(span, end.Exception);
        }
    }

    private static void Fail(Activity span, Exception? exception)
    {
        if (exception is not null)
        {
            new Tracing.Operation(span).Fail(exception);
        }
        else if (span.Status == ActivityStatusCode.Unset)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
