using Assay.Server.Experiments;
using Assay.Server.Flags.Ofrep;
using Assay.Server.Flags.Streams;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Flags;

internal static class FlagsRoom
{
    public static IServiceCollection AddFlags(this IServiceCollection services)
    {
        services.AddSingleton(s => new FlagFolder(s.GetRequiredService<HubOptions>().CatalogFolder));
        services.AddSingleton<FlagDocuments>().AddSingleton<SnapshotFeed>().AddSingleton<FlagDesk>().AddSingleton<FlagMeter>().AddSingleton<EventStreams>();
        services.AddSingleton<IReadinessCheck, FlagCheck>().AddHostedService<FlagWatch>();
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, FlagsJson.Strict));
    }

    public static void MapFlags(this IEndpointRouteBuilder routes)
    {
        routes.MapFlagsApi();
        routes.MapSnapshotApi();
        routes.MapOfrep();
        routes.MapExperimentsApi();
    }
}
