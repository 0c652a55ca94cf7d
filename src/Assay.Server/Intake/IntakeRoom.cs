using Assay.Server.Intake.Grpc;
using Assay.Server.Intake.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Intake;

internal static class IntakeRoom
{
    public static IServiceCollection AddIntake(this IServiceCollection services) =>
        services.AddSingleton<IntakeMeter>().AddSingleton<ExportReaders>().AddSingleton<OtlpIntake>();

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/traces", OtlpHttp.TakeTracesAsync);
        routes.MapPost("/v1/logs", OtlpHttp.TakeLogsAsync);
        routes.MapPost("/v1/metrics", OtlpHttp.RefuseMetricsAsync);
        routes.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", OtlpGrpc.ExportTracesAsync);
        routes.MapPost("/opentelemetry.proto.collector.logs.v1.LogsService/Export", OtlpGrpc.ExportLogsAsync);
        routes.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", OtlpGrpc.RefuseMetricsAsync);
    }
}
