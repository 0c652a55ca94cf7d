using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Intake;

internal static class IntakeRoom
{
    public static IServiceCollection AddIntake(this IServiceCollection services) => services;

    public static void MapIntake(this IEndpointRouteBuilder routes) { }
}
