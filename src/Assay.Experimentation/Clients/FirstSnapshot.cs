using Assay.Experimentation.Flags;
using Assay.Experimentation.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Experimentation.Clients;

/// <summary>What a service begins with, before anybody was asked over the network.</summary>
internal static class FirstSnapshot
{
    /// <summary>The catalog's files, or what an earlier process kept, or nothing.</summary>
    /// <exception cref="AssayException">The catalog folder is missing or holds a wrong file (exit code 2).</exception>
    public static CurrentSnapshot Of(IServiceProvider services)
    {
        var (options, time) = (services.GetRequiredService<ExperimentationOptions>(), services.GetRequiredService<TimeProvider>());
        var (telemetry, log) = (services.GetRequiredService<ClientTelemetry>(), AssayExperimentation.Log(services));
        var current = new CurrentSnapshot(Snapshot.Empty, SnapshotOrigin.None, time);
        if (options.Catalog is { } catalog)
        {
            current.Replace(new CatalogSnapshot(catalog).Read(), SnapshotOrigin.Catalog);
            telemetry.Confirmed(time.GetUtcNow());
            return current;
        }

        var reading = new SnapshotFile(options.SnapshotPath).Read();
        if (reading.Fault is { } fault)
        {
            telemetry.Count(SnapshotOutcome.Malformed);
            log.Malformed(SnapshotOrigin.LastKnownGood, fault);
        }
        else if (reading.Snapshot is { } kept)
        {
            telemetry.Count(SnapshotOutcome.Applied);
            log.Applied(kept.Version, SnapshotOrigin.LastKnownGood);
            return new CurrentSnapshot(kept, SnapshotOrigin.LastKnownGood, time);
        }

        return current;
    }
}
