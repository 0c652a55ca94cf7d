using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Decisions;

internal static class DecisionsRoom
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) =>
        services
            .AddSingleton<DecisionLog>()
            .AddSingleton<Overview.IHappenings, DecisionHappenings>()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, DecisionsJson.Default));

    public static void MapDecisions(this IEndpointRouteBuilder routes) => routes.MapDecisionsApi();
}
