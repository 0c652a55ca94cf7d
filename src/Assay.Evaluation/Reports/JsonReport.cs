using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Summaries;
using Assay.Statistics;

namespace Assay.Evaluation.Reports;

/// <summary>
/// The report for machines. Everything outside <c>timings</c> follows from what was asked and answered: it is the same, byte for byte, whether the run was
/// interrupted or not.
/// </summary>
internal static class JsonReport
{
    public const string Schema = "assay.run/1";

    // Written in pieces of this size, so that a run of any length needs no more memory.
    private const int FlushAt = 1 << 16;

    public static void Write(Stream to, RunVerdict verdict, IEnumerable<CaseOutcome> outcomes)
    {
        // Cyrillic stays readable; the report is a file, not a part of a page.
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        var head = JsonSerializer.SerializeToElement(Head(verdict), ReportJson.Default.ReportHead);
        foreach (var property in head.EnumerateObject())
        {
            property.WriteTo(json);
        }

        WriteCases(json, verdict, outcomes);
        json.WritePropertyName("timings");
        JsonSerializer.Serialize(json, Timings(verdict), ReportJson.Default.ReportTimings);
        json.WriteEndObject();
    }

    private static void WriteCases(Utf8JsonWriter json, RunVerdict verdict, IEnumerable<CaseOutcome> outcomes)
    {
        var metrics = verdict.Run.Plan.Content.Metrics;
        json.WriteStartArray("cases");
        foreach (var outcome in outcomes)
        {
            JsonSerializer.Serialize(json, Case(outcome, metrics), ReportJson.Default.ReportCase);
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    public static ReportHead Head(RunVerdict verdict)
    {
        var (run, content) = (verdict.Run, verdict.Run.Plan.Content);
        return new ReportHead(
            Schema,
            run.Plan.Benchmark,
            ReportContent.Of(content),
            verdict.Verdict,
            verdict.Reason,
            content.Asked,
            run.Done,
            verdict.Baseline?.Plan.Content.Dataset.Hash,
            [.. verdict.Gates.Where(g => !g.IsTimed).Select(Gate)],
            [.. run.Metrics.Where(m => !m.IsTimed).Select(Metric)],
            [.. run.Resources.Where(m => !m.IsTimed && m.N > 0).Select(Metric)],
            new ReportTarget(run.Target.Answers, run.Target.Faults, run.Target.Models, run.Target.JudgeModels),
            new ReportUse(Calls(run.Use.Target), Calls(run.Use.Judges))
        );
    }

    public static ReportTimings Timings(RunVerdict verdict)
    {
        var run = verdict.Run;
        return new ReportTimings(
            run.Plan.Run,
            run.Plan.StartedAt,
            verdict.Baseline?.Plan.Run,
            run.Timings.Cached,
            run.Timings.Paid.Dollars,
            run.Timings.Attempts,
            run.Timings.Retried,
            [.. verdict.Gates.Where(g => g.IsTimed).Select(Gate)],
            [.. run.Metrics.Concat(run.Resources).Where(m => m.IsTimed && m.N > 0).Select(Metric)]
        );
    }

    private static ReportGate Gate(GateResult gate) =>
        new(
            gate.Gate.Name,
            gate.Gate.Metric,
            gate.Gate.StatisticName,
            gate.Gate.Threshold,
            gate.Gate.CaseThreshold,
            gate.Verdict,
            gate.IsWarning,
            gate.Reason,
            gate.Estimate,
            gate.Interval,
            gate.N,
            gate.Clusters,
            gate.Unit,
            gate.Method,
            gate.PassP,
            gate.FailP,
            gate.FailPCorrected,
            gate.NeededCases,
            gate.Detectable
        );

    private static ReportMetric Metric(MetricSummary metric) =>
        new(
            metric.Name,
            metric.Fingerprint,
            metric.Scale.HigherIsBetter,
            metric.Scale.Low,
            metric.Scale.High,
            metric.Scale.Unit,
            metric.N,
            metric.Clusters,
            metric.NotApplicable,
            metric.Errors,
            metric.Missing,
            metric.Average,
            metric.Bounds,
            metric.Mean.Method,
            (metric.Mean as NotComputable)?.Reason,
            metric.StandardDeviation,
            metric.Range?.Min,
            metric.Range?.Max,
            metric.Share?.AsComputed?.Interval,
            [.. metric.Quantiles.Select(q => new ReportQuantile(q.Share, q.Value, q.Interval))],
            metric.Repeats is { } r ? new ReportRepeats(r.Means, r.BetweenCases, r.WithinCases, r.RunDeviation) : null
        );

    private static ReportCalls Calls(CallUse use) => new(use.Calls, use.InputTokens, use.OutputTokens, use.Cost.Dollars, use.Unpriced);

    private static ReportCase Case(CaseOutcome outcome, IReadOnlyList<PlannedMetric> metrics) =>
        new(
            outcome.Case.Id,
            outcome.Repeat,
            outcome.Case.Cluster,
            outcome.Case.Input,
            outcome.Case.Expected,
            outcome.Answer?.Text,
            outcome.Answer?.Model,
            outcome.TargetFault?.Fault.ToString(),
            outcome.TargetFault?.Problem,
            [
                .. outcome
                    .Measurements.Select((m, i) => (Metric: metrics[i], Result: m))
                    .Where(m => m.Metric.Scale.Unit != "ms")
                    .Select(m => Measured(m.Metric.Name, m.Result)),
            ]
        );

    public static ReportMeasurement Measured(string metric, Measurement result) =>
        result switch
        {
            Measurement.Value value => new(metric, "value", value.Score, value.Reason),
            Measurement.NotApplicable none => new(metric, "not_applicable", null, none.Reason),
            Measurement.Error error => new(metric, "error", null, error.Reason),
            _ => throw new InvalidOperationException($"A report cannot write {result.GetType()}."),
        };
}
