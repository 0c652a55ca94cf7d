using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Overview;

internal static class OverviewRoom
{
    public static IServiceCollection AddOverview(this IServiceCollection services) => services.AddScoped<OverviewReading>();

    // The page has its own route; there is nothing else to map.
    public static void MapOverview(this IEndpointRouteBuilder routes) { }
}
