using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Slos;

internal static class SlosRoom
{
    public static IServiceCollection AddSlos(this IServiceCollection services) => services;

    public static void MapSlos(this IEndpointRouteBuilder routes) { }
}
