using System.Diagnostics.Metrics;
using Assay.Stores;
using Assay.Telemetry;

namespace Assay.Server.Experiments.Intake;

/// <summary>Counts exposures and outcomes by what became of them.</summary>
internal sealed class UnitEventMeter : IDisposable
{
    private const string MeterName = "Assay.Server";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> exposures;
    private readonly Counter<long> outcomes;

    public UnitEventMeter()
    {
        exposures = TelemetryRegistry.Default.CreateCounter(meter, "assay_ingest_exposures_total");
        outcomes = TelemetryRegistry.Default.CreateCounter(meter, "assay_ingest_outcomes_total");
    }

    /// <summary>Counts the events of a request that was stored.</summary>
    public void CountStored(UnitEventBody body, AppendReport report)
    {
        var (late, many) = (report.TooLate, report.TooManyNames);
        Count(exposures, body.Exposures.Count, report.New.Exposures.Count, late.Exposures + many.Exposures, body.FaultyExposures);
        Count(outcomes, body.Outcomes.Count, report.New.Outcomes.Count, late.Outcomes + many.Outcomes, body.FaultyOutcomes);
    }

    /// <summary>Counts the events of a request that was told to come again.</summary>
    public void CountBusy(UnitEventBody body)
    {
        Add(exposures, body.Exposures.Count + body.FaultyExposures, "busy");
        Add(outcomes, body.Outcomes.Count + body.FaultyOutcomes, "busy");
    }

    /// <summary>Whether an instrument is one of these; other hubs in the process have meters of the same name.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, meter);

    public void Dispose() => meter.Dispose();

    private static void Count(Counter<long> counter, int sent, int stored, int refused, int faulty)
    {
        Add(counter, stored, "stored");
        Add(counter, sent - stored - refused, "duplicate");
        Add(counter, refused + faulty, "rejected");
    }

    private static void Add(Counter<long> counter, int count, string outcome)
    {
        if (count > 0)
        {
            counter.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
