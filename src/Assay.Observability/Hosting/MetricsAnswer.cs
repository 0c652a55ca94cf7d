using System.Net;
using Assay.Observability.Prometheus;
using Microsoft.AspNetCore.Http;

namespace Assay.Observability.Hosting;

/// <summary>Answers a scrape over HTTP.</summary>
public static class MetricsAnswer
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/metrics";

    /// <summary>
    /// Writes the page in the form that the caller likes best. Unless <paramref name="anyHost"/> is set it is for callers on this machine: one from
    /// another address is sent away with 403, and one that came by another host name with 421, as a web page on a name that resolves to this machine
    /// could read the metrics through a browser. What passes a proxy on this machine comes from this machine.
    /// </summary>
    public static async Task WriteAsync(HttpContext context, PrometheusExporter page, bool anyHost = false)
    {
        if (!anyHost && Refusal(context) is { } refusal)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        var format = PrometheusContent.Negotiate(context.Request.Headers.Accept.ToString());
        context.Response.ContentType = PrometheusContent.TypeOf(format);
        page.Scrape(format, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    // Without an address it is no network connection: a Unix socket, or a server in this process.
    private static int? Refusal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } caller && !IPAddress.IsLoopback(caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller)
            ? StatusCodes.Status403Forbidden
        : context.Request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]") ? StatusCodes.Status421MisdirectedRequest
        : null;
}
