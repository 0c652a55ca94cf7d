using System.Diagnostics.Metrics;

namespace Assay.Observability.Slos;

/// <summary>The counters of a monitor for Prometheus; the generated rules stand on these.</summary>
public sealed class SloMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Assay.Observability.Slos";

    // Not in the telemetry registry: label sets are closed there, and these labels hold the names of SLOs. docs/reference/en/slos.md explains the counters.
    private const string Prefix = "assay_slo_";

    /// <summary>Counts the events of an SLO, by <c>slo</c> and <c>service</c>.</summary>
    public const string Events = Prefix + "events_total";

    /// <summary>Counts the bad events of an SLO, by <c>slo</c> and <c>service</c>.</summary>
    public const string BadEvents = Prefix + "bad_events_total";

    private readonly Meter meter = new(MeterName);
    private readonly SloMonitor monitor;

    /// <summary>Shows a monitor's counts to whoever collects <see cref="MeterName"/>; SLOs of the signal <see cref="SloSignal.Prometheus"/> are left out.</summary>
    public SloMetrics(SloMonitor monitor)
    {
        this.monitor = monitor;
        meter.CreateObservableCounter(Events, () => Measure(c => c.Total), unit: "1", "Events that an SLO counted.");
        meter.CreateObservableCounter(BadEvents, () => Measure(c => c.Bad), unit: "1", "Bad events that an SLO counted.");
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> Measure(Func<EventCount, long> of) =>
        monitor
            .Slos.Where(s => s.Definition.Indicator.Signal != SloSignal.Prometheus)
            .Select(s => new Measurement<long>(of(s.Counted()), new("slo", s.Definition.Name), new("service", s.Definition.Service)));
}
