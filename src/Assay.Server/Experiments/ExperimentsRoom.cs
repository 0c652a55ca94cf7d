using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Reports;
using Assay.Server.Experiments.Pages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Experiments;

internal static class ExperimentsRoom
{
    public static IServiceCollection AddExperiments(this IServiceCollection services) =>
        services
            .AddSingleton<ReportArchive>()
            .AddSingleton<LookBook>()
            .AddSingleton<ExperimentShelf>()
            .AddSingleton<ScheduledLooks>()
            .AddHostedService<LookWatch>()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ExperimentsJson.Default))
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ReportJson.Default));

    public static void MapExperiments(this IEndpointRouteBuilder routes)
    {
        routes.MapLooksApi();
        routes.MapReportFiles();
    }
}
