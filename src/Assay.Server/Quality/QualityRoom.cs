using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Quality;

internal static class QualityRoom
{
    public static IServiceCollection AddQuality(this IServiceCollection services) => services;

    public static void MapQuality(this IEndpointRouteBuilder routes) { }
}
