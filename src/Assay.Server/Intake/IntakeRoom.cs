using Assay.Server.Access;
using Assay.Server.Intake.Grpc;
using Assay.Server.Intake.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Intake;

internal static class IntakeRoom
{
    public static IServiceCollection AddIntake(this IServiceCollection services) =>
        services.AddSingleton<IntakeMeter>().AddSingleton<ExportReaders>().AddSingleton<EventGate>().AddSingleton<OtlpIntake>().AddHostedService<IntakeStart>();

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/v1/traces", OtlpHttp.TakeTracesAsync);
        Map(routes, "/v1/logs", OtlpHttp.TakeLogsAsync);
        Map(routes, "/v1/metrics", OtlpHttp.RefuseMetricsAsync);
        Map(routes, "/opentelemetry.proto.collector.trace.v1.TraceService/Export", OtlpGrpc.ExportTracesAsync);
        Map(routes, "/opentelemetry.proto.collector.logs.v1.LogsService/Export", OtlpGrpc.ExportLogsAsync);
        Map(routes, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", OtlpGrpc.RefuseMetricsAsync);
    }

    // OTLP has a specification of its own; the document of the API leaves it out.
    private static void Map(IEndpointRouteBuilder routes, string path, Func<HttpContext, OtlpIntake, Task> take) =>
        routes.MapPost(path, take).RequireScope(Scope.Ingest).ExcludeFromDescription();
}
