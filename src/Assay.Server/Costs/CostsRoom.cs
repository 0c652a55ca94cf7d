using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Costs;

internal static class CostsRoom
{
    public static IServiceCollection AddCosts(this IServiceCollection services) => services;

    public static void MapCosts(this IEndpointRouteBuilder routes) { }
}
