using Assay.Releases.Canaries;
using Assay.Releases.Rollbacks;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Canaries;

internal static class CanariesRoom
{
    /// <summary>Canaries. Before the flags: what a rollback holds off is held off when they are read.</summary>
    public static IServiceCollection AddCanaries(this IServiceCollection services)
    {
        services.AddSingleton(s => new CanaryPlace(s.GetRequiredService<HubOptions>().DataFolder, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => s.GetRequiredService<CanaryPlace>().NewCards());
        services.AddSingleton<CanaryBook>().AddSingleton<CanaryApprovals>().AddSingleton<ICanaryPorts, HubCanaryPorts>().AddSingleton<RollbackRunner>();
        services.AddSingleton(s => new CanaryRunner(
            s.GetRequiredService<CanaryBook>(),
            s.GetRequiredService<ICanaryPorts>(),
            s.GetRequiredService<RollbackRunner>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<CanaryPlace>().Holder
        ));
        services.AddSingleton<CanaryDesk>().AddHostedService<CanaryWatch>();
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CanaryJson.Default));
    }

    public static void MapCanaries(this IEndpointRouteBuilder routes) => routes.MapCanariesApi();
}
