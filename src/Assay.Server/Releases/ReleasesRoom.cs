using Assay.Evaluation.Storing;
using Assay.Experimentation.Analysis.Looks;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Server.Hosting;
using Assay.Server.Overview;
using Assay.Server.Releases.Pages;
using Assay.Server.Slos;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Releases;

internal static class ReleasesRoom
{
    public static IServiceCollection AddReleases(this IServiceCollection services)
    {
        services.AddSingleton<StoredLedger>().AddSingleton<ILedger>(s => s.GetRequiredService<StoredLedger>());
        services.AddSingleton<IEvidenceSource>(s => new LedgerEvidence(
            s.GetRequiredService<StoredLedger>(),
            new RoomEvidence(
                s.GetRequiredService<HubOptions>().CatalogFolder,
                s.GetRequiredService<StoredRuns>(),
                s.GetRequiredService<LookBook>(),
                _ => Task.FromResult(s.GetRequiredService<SloBook>().Monitor.Summary()),
                s.GetRequiredService<TimeProvider>()
            )
        ));
        services.AddSingleton(s => new ReleaseDesk(
            s.GetRequiredService<HubOptions>().CatalogFolder,
            s.GetRequiredService<IEvidenceSource>(),
            s.GetRequiredService<StoredLedger>(),
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<ChainShelf>().AddSingleton<ReleaseReading>().AddSingleton<ReleaseListing>().AddSingleton<IHappenings, ReleaseHappenings>();
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ReleasesJson.Default));
    }

    public static void MapReleases(this IEndpointRouteBuilder routes)
    {
        routes.MapReleasesApi();
        routes.MapLedgerApi();
    }
}
