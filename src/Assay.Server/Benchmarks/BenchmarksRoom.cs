using Assay.Evaluation.Storing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Benchmarks;

internal static class BenchmarksRoom
{
    public static IServiceCollection AddBenchmarks(this IServiceCollection services) =>
        services
            .AddSingleton<StoredRuns>()
            .AddSingleton<BenchmarkShelf>()
            .AddSingleton<RunsComparing>()
            .AddSingleton<BenchmarkGauges>()
            .AddSingleton<IHostedService>(s => s.GetRequiredService<BenchmarkGauges>())
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BenchmarksJson.Default));

    public static void MapBenchmarks(this IEndpointRouteBuilder routes) => routes.MapRunsApi();
}
