using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Traces;

internal static class TracesRoom
{
    public static IServiceCollection AddTraces(this IServiceCollection services) => services;

    public static void MapTraces(this IEndpointRouteBuilder routes) { }
}
