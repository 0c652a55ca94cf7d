using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Overview;

internal static class OverviewRoom
{
    public static IServiceCollection AddOverview(this IServiceCollection services) => services;

    public static void MapOverview(this IEndpointRouteBuilder routes) { }
}
