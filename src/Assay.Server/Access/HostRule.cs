using Assay.Server.Hosting;
using Assay.Server.Surface.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Access;

/// <summary>
/// Only names that are the hub's are answered, else a page of another site could reach the hub through a name of its own that leads here;
/// and a request that a page of another site sends says so in Origin.
/// </summary>
internal sealed class HostRule(RequestDelegate next, HubOptions options, HubTelemetry telemetry)
{
    private readonly HashSet<string> names = Names(options);

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        if (!names.Contains(host.Host))
        {
            telemetry.Refused(Refusal.Host);
            return context.AnswerAsync(
                new Problem(
                    StatusCodes.Status421MisdirectedRequest,
                    "This host name is not the hub's.",
                    "Use 127.0.0.1 or localhost, or start the hub with --allow-host and the name."
                )
            );
        }

        if (!IsOwn(context.Request.Headers[HeaderNames.Origin].ToString(), host, context.Request.IsHttps, options.BehindProxy))
        {
            telemetry.Refused(Refusal.Origin);
            return context.AnswerAsync(
                new Problem(
                    StatusCodes.Status403Forbidden,
                    "A page of another site sent this request.",
                    "Open the hub's own pages, or send the request from a program."
                )
                {
                    Words = ErrorWords.OtherSite,
                }
            );
        }

        return next(context);
    }

    /// <summary>Names without port, as a Host header has them: IPv6 in brackets.</summary>
    public static HashSet<string> Names(HubOptions options)
    {
        var configured = HubEndpoints.TryParse(options.Host)!.ToString();
        return new HashSet<string>(
            ["127.0.0.1", "localhost", "[::1]", configured.Contains(':') ? $"[{configured}]" : configured, .. options.AllowedHosts],
            StringComparer.OrdinalIgnoreCase
        );
    }

    /// <summary>Whether an Origin header is absent or names the hub as the browser sees it. Behind a proxy the browser's scheme is https, the hub's http.</summary>
    public static bool IsOwn(string origin, HostString host, bool isHttps, bool behindProxy) =>
        origin.Length == 0
        || origin.Equals($"{(isHttps ? "https" : "http")}://{host.Value}", StringComparison.OrdinalIgnoreCase)
        || (behindProxy && origin.Equals($"https://{host.Value}", StringComparison.OrdinalIgnoreCase));
}

/// <summary>Each port answers only its own paths.</summary>
internal sealed class ListenerGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (ListenerRule.Answers(context.Listener(), context.Request.Path))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
