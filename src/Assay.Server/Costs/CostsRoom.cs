using Assay.Server.Hosting;
using Assay.Server.Intake;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Costs;

internal static class CostsRoom
{
    public static IServiceCollection AddCosts(this IServiceCollection services)
    {
        services.AddSingleton<PriceBook>().AddSingleton<ISpanPricing>(s => s.GetRequiredService<PriceBook>());
        services.AddSingleton<CostReader>().AddSingleton<IReadinessCheck, PriceCheck>().AddHostedService<PriceWatch>();
        services.AddSingleton<CostMeter>().AddSingleton<IEventObserver>(s => s.GetRequiredService<CostMeter>());
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CostsJson.Default));
    }

    public static void MapCosts(this IEndpointRouteBuilder routes) => routes.MapCostsApi();
}
