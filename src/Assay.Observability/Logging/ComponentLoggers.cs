using Assay.Telemetry;
using Microsoft.Extensions.Logging;

namespace Assay.Observability.Logging;

/// <summary>Loggers by component: the components are those that <c>assay_log_records_total</c> counts by.</summary>
public static class ComponentLoggers
{
    private static readonly Lazy<IReadOnlyList<string>> Known = new(() =>
        TelemetryRegistry.Default.Metric("assay_log_records_total").Labels.Single(l => l.Name == "component").Values
    );

    /// <summary>A logger whose records carry <paramref name="component"/>, such as <c>dense</c>.</summary>
    /// <exception cref="ArgumentException">The registry has no such component.</exception>
    public static ILogger Create(ILoggerFactory factory, string component) =>
        Known.Value.Contains(component)
            ? factory.CreateLogger("Assay." + component)
            : throw new ArgumentException($"No component '{component}'. Known components: {string.Join(", ", Known.Value)}.", nameof(component));
}
