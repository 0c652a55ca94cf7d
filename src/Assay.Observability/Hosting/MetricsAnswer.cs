using Assay.Observability.Prometheus;
using Microsoft.AspNetCore.Http;

namespace Assay.Observability.Hosting;

/// <summary>Answers a scrape over HTTP.</summary>
public static class MetricsAnswer
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/metrics";

    /// <summary>
    /// Writes the page in the form that the caller likes best. A caller that came by another host name than this machine's own is sent away with
    /// 421 unless <paramref name="anyHost"/> is set: a web page on a name that resolves to this machine could read the metrics through a browser.
    /// </summary>
    public static async Task WriteAsync(HttpContext context, PrometheusExporter page, bool anyHost = false)
    {
        if (!anyHost && context.Request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]"))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        var format = PrometheusContent.Negotiate(context.Request.Headers.Accept.ToString());
        context.Response.ContentType = PrometheusContent.TypeOf(format);
        page.Scrape(format, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
