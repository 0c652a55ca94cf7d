using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Summaries;
using Assay.Telemetry;

namespace Assay.Evaluation.Running;

/// <summary>Spans and metrics of a run. They carry names, counts and ids, never what was asked or answered.</summary>
internal sealed class RunTelemetry : IDisposable
{
    public const string Source = "Assay.Evaluation";
    public const string RunSpan = "benchmark.run";
    public const string CaseSpan = "benchmark.case";

    // As many as the registry allows to have series of their own; the first of the plan are those that gates look at.
    private const int MostMetrics = 15;

    private readonly TimeProvider time;
    private readonly ActivitySource source = new(Source);
    private readonly Meter meter = new(Source);
    private readonly Histogram<double> duration;
    private readonly Gauge<double> value;
    private readonly Gauge<double> variance;
    private readonly Counter<long> cases;
    private readonly Counter<long> judgeCalls;

    /// <param name="registry">Names, units and buckets.</param>
    /// <param name="time">The clock.</param>
    public RunTelemetry(TelemetryRegistry registry, TimeProvider time)
    {
        this.time = time;
        duration = registry.CreateHistogram(meter, "benchmark_run_duration_seconds");
        value = registry.CreateGauge(meter, "benchmark_metric_value");
        variance = registry.CreateGauge(meter, "benchmark_metric_run_variance");
        cases = registry.CreateCounter(meter, "benchmark_cases_total");
        judgeCalls = registry.CreateCounter(meter, "benchmark_judge_calls_total");
    }

    /// <summary>Whether instruments of this meter are these ones: two runs in one process have each their own.</summary>
    public bool Owns(Meter other) => ReferenceEquals(meter, other);

    /// <summary>Begins a run: a span now, and when it ends one sample of its duration.</summary>
    public RunExecution BeginRun(RunPlan plan) => new(this, plan);

    /// <summary>Begins a case of a run in a trace of its own, which names the run's span; null when nobody listens.</summary>
    public Activity? BeginCase(RunPlan plan, WorkItem item)
    {
        var run = Activity.Current?.Context;
        // A run of a hundred thousand cases would be a trace that nobody can look at.
        Activity.Current = null;
        var span = source.StartActivity(
            CaseSpan,
            ActivityKind.Internal,
            default(ActivityContext),
            links: run is { } context ? [new ActivityLink(context)] : null
        );
        span?.SetTag("benchmark", plan.Benchmark);
        span?.SetTag("case_id", item.Case.Id);
        span?.SetTag("repeat", (long)item.Repeat);
        return span;
    }

    /// <summary>Counts a case that is done.</summary>
    public void CaseDone(Activity? span, CaseEnd end)
    {
        var outcome = end switch
        {
            CaseEnd.Answered => "answered",
            CaseEnd.Cached => "cached",
            _ => "failed",
        };
        cases.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        span?.SetTag("outcome", outcome);
        if (end == CaseEnd.Failed)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Counts the model calls of a measurement.</summary>
    public void Judged(Measured measured)
    {
        var isFailed = measured.Result is Measurement.Error;
        foreach (var call in measured.Calls)
        {
            var outcome =
                isFailed ? "failed"
                : call.FromCache ? "cached"
                : call.Attempts > 1 ? "retried"
                : "ok";
            judgeCalls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    /// <summary>Shows the metrics of a run that ended.</summary>
    public void Show(RunSummary run)
    {
        foreach (var metric in run.Metrics.Concat(run.Resources).Where(m => m.N > 0).Take(MostMetrics))
        {
            var labels = new KeyValuePair<string, object?>[] { new("benchmark", run.Plan.Benchmark), new("metric", metric.Name) };
            if (metric.Average is { } mean)
            {
                value.Record(mean, labels);
            }

            if (metric.Repeats?.RunDeviation is { } deviation)
            {
                variance.Record(deviation * deviation, labels);
            }
        }
    }

    public void Dispose()
    {
        meter.Dispose();
        source.Dispose();
    }

    /// <summary>One start of a run.</summary>
    internal sealed class RunExecution : IDisposable
    {
        private readonly RunTelemetry telemetry;
        private readonly string benchmark;
        private readonly long began;
        private readonly Activity? span;
        private string outcome = "error";

        internal RunExecution(RunTelemetry telemetry, RunPlan plan)
        {
            (this.telemetry, benchmark, began) = (telemetry, plan.Benchmark, telemetry.time.GetTimestamp());
            span = telemetry.source.StartActivity(RunSpan);
            span?.SetTag("benchmark", plan.Benchmark);
            span?.SetTag("run_id", plan.Run);
        }

        /// <summary>Says how it ended; without it, by an error.</summary>
        public RunEnd Ended(RunEnd end)
        {
            outcome = end switch
            {
                RunEnd.Finished => "finished",
                RunEnd.Cancelled => "cancelled",
                RunEnd.OutOfTime => "out_of_time",
                _ => "over_budget",
            };
            return end;
        }

        public void Dispose()
        {
            telemetry.duration.Record(telemetry.time.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("benchmark", benchmark));
            span?.SetTag("outcome", outcome);
            if (outcome == "error")
            {
                span?.SetStatus(ActivityStatusCode.Error);
            }

            span?.Dispose();
        }
    }
}

/// <summary>What became of a case.</summary>
internal enum CaseEnd
{
    /// <summary>The target answered.</summary>
    Answered,

    /// <summary>The response cache answered.</summary>
    Cached,

    /// <summary>The target failed.</summary>
    Failed,
}
