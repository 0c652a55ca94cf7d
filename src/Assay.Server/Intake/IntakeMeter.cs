using System.Diagnostics.Metrics;
using Assay.Server.Intake.Bodies;
using Assay.Stores;
using Assay.Telemetry;

namespace Assay.Server.Intake;

/// <summary>How a message came.</summary>
internal enum Transport
{
    /// <summary>HTTP with protobuf.</summary>
    HttpProtobuf,

    /// <summary>HTTP with JSON.</summary>
    HttpJson,

    /// <summary>gRPC.</summary>
    Grpc,
}

/// <summary>Counts what came in, what became of it, and everything that was changed or left out.</summary>
internal sealed class IntakeMeter : IDisposable
{
    private const string MeterName = "Assay.Server";
    private static readonly string[] Transports = ["http_protobuf", "http_json", "grpc"];
    private static readonly string[] Signals = ["traces", "logs", "metrics"];

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> spans;
    private readonly Counter<long> logs;
    private readonly Counter<long> scores;
    private readonly Counter<long> requests;
    private readonly Counter<long> bytes;
    private readonly Counter<long> changes;

    public IntakeMeter()
    {
        var registry = TelemetryRegistry.Default;
        spans = registry.CreateCounter(meter, "assay_ingest_spans_total");
        logs = registry.CreateCounter(meter, "assay_ingest_logs_total");
        scores = registry.CreateCounter(meter, "assay_ingest_scores_total");
        requests = registry.CreateCounter(meter, "assay_ingest_requests_total");
        bytes = registry.CreateCounter(meter, "assay_ingest_bytes_total");
        changes = registry.CreateCounter(meter, "assay_ingest_changes_total");
    }

    public void CountRequest(Transport transport, Signal signal, IntakeOutcome outcome) =>
        requests.Add(
            1,
            new KeyValuePair<string, object?>("transport", Transports[(int)transport]),
            new KeyValuePair<string, object?>("signal", Signals[(int)signal]),
            Outcome(NameOf(outcome))
        );

    public void CountBytes(int sent, int unpacked)
    {
        bytes.Add(sent, new KeyValuePair<string, object?>("stage", "sent"));
        bytes.Add(unpacked, new KeyValuePair<string, object?>("stage", "unpacked"));
    }

    /// <summary>Counts the events of a request that was stored.</summary>
    public void CountEvents(Signal signal, EventBatch sent, AppendReport report, RequestTally tally)
    {
        var (stored, late) = (report.New, report.TooLate);
        Count(spans, sent.Spans.Count - late.Spans, stored.Spans.Count, signal == Signal.Traces ? tally.Rejected : 0);
        Count(logs, sent.Logs.Count - late.Logs, stored.Logs.Count, signal == Signal.Logs ? tally.Rejected : 0);
        Count(scores, sent.Scores.Count - late.Scores, stored.Scores.Count, tally.ScoresIncomplete + late.Scores);
        Change("content_dropped", tally.ContentDropped);
        Change("attribute_dropped", tally.AttributesDropped);
        Change("value_truncated", tally.Truncated);
        Change("text_redacted", tally.Redacted);
        Change("time_missing", tally.TimesMissing);
        Change("negative_duration", tally.NegativeDurations);
    }

    /// <summary>Whether an instrument is one of these; other hubs in the process have meters of the same name.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, meter);

    public void Dispose() => meter.Dispose();

    private static void Count(Counter<long> events, int sent, int stored, int rejected)
    {
        AddSome(events, stored, "stored");
        AddSome(events, sent - stored, "duplicate");
        AddSome(events, rejected, "rejected");
    }

    private static void AddSome(Counter<long> counter, int count, string outcome)
    {
        if (count > 0)
        {
            counter.Add(count, Outcome(outcome));
        }
    }

    private void Change(string what, int count)
    {
        if (count > 0)
        {
            changes.Add(count, new KeyValuePair<string, object?>("change", what));
        }
    }

    private static KeyValuePair<string, object?> Outcome(string name) => new("outcome", name);

    private static string NameOf(IntakeOutcome outcome) =>
        outcome.Code switch
        {
            IntakeCode.Ok => outcome.Rejected == 0 ? "ok" : "partial",
            IntakeCode.InvalidArgument => "malformed",
            IntakeCode.ResourceExhausted => outcome.BodyFault == BodyFault.TooLong ? "too_long" : "busy",
            IntakeCode.Unimplemented => "not_supported",
            IntakeCode.Cancelled or IntakeCode.DeadlineExceeded => "abandoned",
            _ => "failed",
        };
}
