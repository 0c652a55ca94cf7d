using Assay.Observability.Slos;
using Assay.Server.Hosting;

namespace Assay.Server.Slos;

/// <summary>Whether the hub would start with the SLO files as they are now: those of its start stay in force until then.</summary>
internal sealed class SloFileCheck(HubOptions options) : IReadinessCheck
{
    public string Name => "slos";

    public bool IsVital => false;

    public ValueTask<string?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = SloFile.ReadCatalog(options.CatalogFolder);
            return ValueTask.FromResult<string?>(null);
        }
        catch (AssayException e)
        {
            return ValueTask.FromResult<string?>($"{e.Message} {e.Fix} The SLOs read at the start stay in force; the hub would not start again with these.");
        }
    }
}
