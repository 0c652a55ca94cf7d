using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Traces;

internal static class TracesRoom
{
    public static IServiceCollection AddTraces(this IServiceCollection services) =>
        services.AddScoped<TraceReading>().ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, TracesJson.Default));

    // The pages have their own routes.
    public static void MapTraces(this IEndpointRouteBuilder routes) => routes.MapTracesApi();
}
