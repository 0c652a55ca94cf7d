using Assay.Observability.Prometheus;
using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Hosting;

/// <summary><c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok\n")).RequireScope(Scope.Anyone).ExcludeFromDescription();
        routes.MapGet("/readyz", ReadyAsync).RequireScope(Scope.Anyone).ExcludeFromDescription();
        routes.MapGet("/metrics", MetricsAsync).RequireScope(Scope.Read).ExcludeFromDescription();
    }

    private static async Task<JsonHttpResult<ReadinessReport>> ReadyAsync(Readiness readiness, CancellationToken cancellationToken)
    {
        var report = await readiness.ReadAsync(cancellationToken);
        return TypedResults.Json(
            report,
            HostingJson.Plain.ReadinessReport,
            statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }

    private static async Task MetricsAsync(HttpContext context, HubTelemetry telemetry)
    {
        if (telemetry.MetricsPage is not { } page)
        {
            await context.AnswerAsync(new Problem(404, "Metrics are off.", "Unset ASSAY__OBSERVABILITY__METRICS_ENABLED and start the hub again."));
            return;
        }

        var format = PrometheusContent.Negotiate(context.Request.Headers.Accept.ToString());
        context.Response.ContentType = PrometheusContent.TypeOf(format);
        page.Scrape(format, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
