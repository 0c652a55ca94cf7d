using System.Diagnostics.Metrics;
using Assay.Observability;

namespace Assay.Tests.Observability.Tracing;

public sealed class SpanDurationsTests
{
    [Fact]
    public void Every_span_is_measured_by_its_registered_name_sampled_or_not()
    {
        using var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = "", TraceSampleRate = 0 });
        var seen = new List<string?>();
        using var listener = Listen(bed.Meter, "assay_span_duration_seconds", seen);
        bed.Source.StartActivity("rag.dense")!.Dispose();
        bed.Source.StartActivity("user text as a name")!.Dispose();
        seen.ShouldBe(["rag.dense", "other"]);
    }

    [Fact]
    public void Counters_are_shown_at_zero_before_the_first_event()
    {
        using var meter = new ObservabilityMeter(Assay.Telemetry.TelemetryRegistry.Default);
        var seen = new List<(string, long)>();
        using var listener = new MeterListener { InstrumentPublished = (i, l) => Enable(meter, i, l) };
        listener.SetMeasurementEventCallback<long>((i, value, _, _) => seen.Add((i.Name, value)));
        listener.Start();
        meter.StartAtZero();
        seen.Count(s => s.Item1 == "assay_telemetry_dropped_total").ShouldBe(3 * 4);
        seen.Count(s => s.Item1 == "assay_log_records_total").ShouldBe(6 * meter.Components.Count);
        seen.ShouldAllBe(s => s.Item2 == 0);
    }

    private static MeterListener Listen(ObservabilityMeter meter, string name, List<string?> spans)
    {
        var listener = new MeterListener { InstrumentPublished = (i, l) => Enable(meter, i, l) };
        listener.SetMeasurementEventCallback<double>(
            (i, _, tags, _) =>
            {
                if (i.Name == name)
                {
                    spans.Add(tags[0].Value as string);
                }
            }
        );
        listener.Start();
        return listener;
    }

    private static void Enable(ObservabilityMeter meter, Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter == meter.Meter)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
