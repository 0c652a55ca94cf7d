using System.Diagnostics.Metrics;
using Assay.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Assay.Observability.Hosting;

/// <summary>
/// What the process of a service takes of its machine: OpenTelemetry's <c>process.memory.usage</c> (semantic conventions for OS processes), under the name that it has on a Prometheus page.
/// </summary>
internal sealed class ProcessMetrics(TelemetryRegistry registry) : IHostedService, IDisposable
{
    private const string MeterName = "Assay.Process";
    private const string Memory = "process_memory_usage_bytes";

    private readonly Meter meter = new(MeterName);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var memory = registry.Metric(Memory);
        // Read when somebody asks for the page.
        meter.CreateObservableGauge(Memory, static () => Environment.WorkingSet, memory.Unit, memory.Help);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => meter.Dispose();
}
