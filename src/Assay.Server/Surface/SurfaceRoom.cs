using Assay.Server.Access;
using Assay.Server.Intake;
using Assay.Server.Surface.Layout;
using Assay.Server.Surface.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Surface;

internal static class SurfaceRoom
{
    public static IServiceCollection AddSurface(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AssetFiles>();
        services.AddSingleton<DataAge>();
        services.AddSingleton<IEventObserver>(s => s.GetRequiredService<DataAge>());
        services.AddSingleton<IHostedService>(s => s.GetRequiredService<DataAge>());
        services.AddScoped(s => new Reader(
            s.GetRequiredService<IHttpContextAccessor>().HttpContext!,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<DataAge>().Oldest
        ));
        return services;
    }

    public static void MapSurface(this IEndpointRouteBuilder routes)
    {
        var assets = routes.ServiceProvider.GetRequiredService<AssetFiles>();
        routes.MapGet("/assets/{hash}/{name}", assets.Get).RequireScope(Scope.Anyone).ExcludeFromDescription();
        routes.MapGet("/display", DisplayChoice.Choose).RequireScope(Scope.Anyone).ExcludeFromDescription();
        routes.MapRazorComponents<App>().RequireScope(Scope.Read);
    }
}
