using Assay.Server.Access;
using Assay.Server.Benchmarks;
using Assay.Server.Canaries;
using Assay.Server.Costs;
using Assay.Server.Decisions;
using Assay.Server.Experiments;
using Assay.Server.Experiments.Intake;
using Assay.Server.Flags;
using Assay.Server.Intake;
using Assay.Server.Overview;
using Assay.Server.Quality;
using Assay.Server.Releases;
using Assay.Server.Slos;
using Assay.Server.Surface;
using Assay.Server.Traces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Hosting;

/// <summary>The table of contents of the hub: what every request passes, in order, and the rooms that answer.</summary>
internal static class HubRooms
{
    public static IServiceCollection AddRooms(this IServiceCollection services, HubOptions options)
    {
        services.AddHosting().AddAccess(options);
        return services
            .AddIntake()
            .AddUnitEvents()
            .AddTraces()
            .AddCosts()
            .AddQuality()
            .AddSlos()
            .AddDecisions()
            .AddBenchmarks()
            .AddCanaries()
            .AddFlags()
            .AddExperiments()
            .AddReleases()
            .AddOverview()
            .AddSurface();
    }

    public static void UseRooms(this WebApplication host)
    {
        host.UseMiddleware<RequestMeter>();
        host.UseMiddleware<SecurityHeaders>();
        host.UseMiddleware<ErrorAnswers>();
        host.UseHostRule();
        host.UseMiddleware<StartGate>();
        host.UseResponseCompression();
        host.UseRouting();
        host.UseMiddleware<BodyLimit>();
        host.UseAccess();
        host.MapHosting();
        host.MapAccess();
        host.MapIntake();
        host.MapUnitEvents();
        host.MapTraces();
        host.MapCosts();
        host.MapQuality();
        host.MapSlos();
        host.MapDecisions();
        host.MapBenchmarks();
        host.MapCanaries();
        host.MapFlags();
        host.MapExperiments();
        host.MapReleases();
        host.MapOverview();
        host.MapSurface();
    }

    private static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>().AddSingleton<StartState>();
        services.AddSingleton<IReadinessCheck, StoreCheck>().AddSingleton<IReadinessCheck, DiskCheck>().AddSingleton<IReadinessCheck, CatalogCheck>();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(HostingJson.Configure);
        services.AddResponseCompression(o => o.MimeTypes = ApiDocument.Compressed);
        return services.AddApiDocument();
    }

    private static void MapHosting(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapApiDocument();
    }
}
