using System.Collections.Concurrent;
using Assay.Observability;
using Assay.Observability.Slos;
using Assay.Server.Hosting;

namespace Assay.Server.Slos;

/// <summary>
/// The SLOs of the hub: those of the catalog, and the specification's defaults for each service that is seen and has none there, so that a service
/// without any setting is watched too.
/// </summary>
internal sealed class SloBook : IDisposable
{
    /// <summary>The most services that get default SLOs: 50 × 4 × 62 kB.</summary>
    public const int MostServices = 50;

    private readonly ConcurrentDictionary<string, SloRecorder[]> byService = new(StringComparer.Ordinal);
    private readonly ObservabilityOptions options;
    private readonly List<string> defaulted = [];

    /// <exception cref="AssayException">A file of the catalog or a variable is wrong (exit code 2).</exception>
    public SloBook(HubOptions hub, TimeProvider time)
    {
        options = ObservabilityOptions.FromEnvironment(hub.Variables);
        Monitor = new SloMonitor(time);
        foreach (var slo in SloFile.ReadCatalog(hub.CatalogFolder))
        {
            Register(slo);
        }
    }

    public SloMonitor Monitor { get; }

    public ObservabilityOptions Options => options;

    /// <summary>Services that were seen and got the defaults, in the order in which they were seen.</summary>
    public IReadOnlyList<string> Defaulted
    {
        get
        {
            lock (defaulted)
            {
                return [.. defaulted];
            }
        }
    }

    /// <summary>Services that were seen and got no SLOs because there were <see cref="MostServices"/> already.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The SLOs of a service; a service that is seen for the first time gets the defaults.</summary>
    public SloRecorder[] Of(string service) => byService.TryGetValue(service, out var slos) ? slos : AddDefaults(service);

    /// <summary>Gives a service the defaults if it has no SLOs.</summary>
    public SloRecorder[] AddDefaults(string service)
    {
        lock (defaulted)
        {
            if (byService.TryGetValue(service, out var known))
            {
                return known;
            }

            if (defaulted.Count == MostServices)
            {
                LeftOut++;
                return [];
            }

            foreach (var slo in SloDefinition.Defaults(options))
            {
                Register(slo with { Name = NameFor(service, slo.Name), Service = service });
            }

            defaulted.Add(service);
            return byService[service];
        }
    }

    public void Dispose() => Monitor.Dispose();

    private void Register(SloDefinition slo)
    {
        var recorder = Monitor.RegisterSlo(slo);
        byService.AddOrUpdate(slo.Service, [recorder], (_, others) => [.. others, recorder]);
    }

    /// <summary>A name that no other SLO has: <c>ask-service.availability</c>.</summary>
    private string NameFor(string service, string slo)
    {
        var safe = string.Concat(service.ToLowerInvariant().Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' ? c : '-'));
        var stem = (safe.Length > 0 && char.IsAsciiLetter(safe[0]) ? safe : "s" + safe)[..Math.Min(safe.Length, 44)];
        var name = $"{stem}.{slo}";
        for (var i = 2; Monitor.TryFind(name) is not null; i++)
        {
            name = $"{stem}-{i}.{slo}";
        }

        return name;
    }
}
