using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Experiments.Intake;

internal static class UnitEventsRoom
{
    public static IServiceCollection AddUnitEvents(this IServiceCollection services) =>
        services
            .AddSingleton<UnitEventMeter>()
            .AddSingleton<UnitEventIntake>()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, UnitEventJson.Default));

    public static void MapUnitEvents(this IEndpointRouteBuilder routes) => routes.MapUnitEventsApi();
}
