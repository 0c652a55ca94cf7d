using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Decisions;

internal static class DecisionsRoom
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services;

    public static void MapDecisions(this IEndpointRouteBuilder routes) { }
}
