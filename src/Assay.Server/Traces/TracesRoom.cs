using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Traces;

internal static class TracesRoom
{
    public static IServiceCollection AddTraces(this IServiceCollection services) => services.AddScoped<TraceReading>();

    // The pages have their own routes; there is nothing else to map.
    public static void MapTraces(this IEndpointRouteBuilder routes) { }
}
