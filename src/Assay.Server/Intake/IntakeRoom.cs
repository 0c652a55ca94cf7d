using Assay.Server.Access;
using Assay.Server.Intake.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Intake;

internal static class IntakeRoom
{
    public static IServiceCollection AddIntake(this IServiceCollection services) => services.AddSingleton<ExportReaders>().AddSingleton<OtlpIntake>();

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/traces", OtlpHttp.TakeTracesAsync).RequireScope(Scope.Ingest);
    }
}
