using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Quality;

internal static class QualityRoom
{
    public static IServiceCollection AddQuality(this IServiceCollection services) =>
        services
            .AddSingleton<ScoreIntake>()
            .AddSingleton<DashboardReader>()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, QualityJson.Default));

    public static void MapQuality(this IEndpointRouteBuilder routes)
    {
        routes.MapScores();
        routes.MapQualityApi();
    }
}
