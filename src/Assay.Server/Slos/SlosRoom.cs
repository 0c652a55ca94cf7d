using Assay.Observability.Slos;
using Assay.Server.Hosting;
using Assay.Server.Intake;
using Assay.Server.Overview;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Slos;

internal static class SlosRoom
{
    public static IServiceCollection AddSlos(this IServiceCollection services)
    {
        services.AddSingleton<SloBook>().AddSingleton<SloSaving>().AddSingleton<SloSignalReading>().AddSingleton<SloFeed>();
        services.AddSingleton(s => new SloMetrics(s.GetRequiredService<SloBook>().Monitor));
        services.AddSingleton<IReadinessCheck, SloFileCheck>();
        services.AddSingleton<AlertKeeper>().AddSingleton<SloWatch>();
        services.AddSingleton<IHostedService>(s => s.GetRequiredService<AlertKeeper>());
        services.AddSingleton<IHostedService>(s =>
        {
            // The counters are there as long as the hub is.
            _ = s.GetRequiredService<SloMetrics>();
            return s.GetRequiredService<SloWatch>();
        });
        services.AddSingleton<IEventObserver>(s => s.GetRequiredService<SloWatch>());
        services.AddSingleton<ISloLights, WatchedLights>().AddSingleton<IHappenings, AlertHappenings>();
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SlosJson.Default));
    }

    public static void MapSlos(this IEndpointRouteBuilder routes) => routes.MapSlosApi();
}
