using Assay.Observability.Logging;
using Microsoft.Extensions.Logging;

namespace Assay.Observability.Hosting;

/// <summary>The process' JSON log as a provider of a host. The log itself belongs to <see cref="ObservabilitySetup"/>, which closes it last.</summary>
[ProviderAlias("Assay")]
internal sealed class HostedLog(JsonLoggerProvider log) : ILoggerProvider, ISupportExternalScope
{
    public ILogger CreateLogger(string categoryName) => log.CreateLogger(categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => log.SetScopeProvider(scopeProvider);

    public void Dispose() => log.Flush();
}
