using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Surface;

internal static class SurfaceRoom
{
    public static IServiceCollection AddSurface(this IServiceCollection services) => services;

    public static void MapSurface(this IEndpointRouteBuilder routes) { }
}
