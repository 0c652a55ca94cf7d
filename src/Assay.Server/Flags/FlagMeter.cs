using System.Diagnostics.Metrics;
using Assay.Telemetry;

namespace Assay.Server.Flags;

/// <summary>Counts what happens to flags at the hub.</summary>
internal sealed class FlagMeter : IDisposable
{
    private readonly Meter meter = new("Assay.Server");
    private readonly Counter<long> changes;
    private readonly Counter<long> evaluations;
    private readonly Counter<long> closed;
    private readonly Gauge<double> open;

    public FlagMeter()
    {
        var registry = TelemetryRegistry.Default;
        changes = registry.CreateCounter(meter, "assay_flag_changes_total");
        evaluations = registry.CreateCounter(meter, "assay_flag_evaluations_total");
        closed = registry.CreateCounter(meter, "assay_flag_streams_closed_total");
        open = registry.CreateGauge(meter, "assay_flag_streams");
    }

    /// <summary>A flag was changed: <c>killed</c>, <c>restored</c>, <c>reset</c> or <c>changed</c>.</summary>
    public void Changed(string change) => changes.Add(1, new KeyValuePair<string, object?>("change", change));

    /// <summary>Flags were evaluated for another program: <c>ok</c>, <c>error</c> or <c>not_found</c>.</summary>
    public void Evaluated(string outcome, long count = 1) => evaluations.Add(count, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A stream ended, or did not begin: <c>client</c>, <c>slow</c>, <c>hub</c>, <c>refused</c>.</summary>
    public void StreamClosed(string reason) => closed.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>So many streams are open.</summary>
    public void StreamsOpen(int count) => open.Record(count);

    public void Dispose() => meter.Dispose();
}
