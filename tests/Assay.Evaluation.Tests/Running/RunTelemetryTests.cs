using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Running;
using Assay.Models.Calls;
using Assay.Telemetry;

namespace Assay.Evaluation.Tests.Running;

public sealed class RunTelemetryTests : IDisposable
{
    private readonly RunTelemetry telemetry = new(TelemetryRegistry.Default, TimeProvider.System);
    private readonly MeterListener listener = new();
    private readonly Dictionary<string, long> counted = [];

    public RunTelemetryTests()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (telemetry.Owns(instrument.Meter))
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, labels, _) =>
            {
                var key = $"{instrument.Name} {labels[0].Value}";
                counted[key] = counted.GetValueOrDefault(key) + value;
            }
        );
        listener.Start();
    }

    public void Dispose()
    {
        listener.Dispose();
        telemetry.Dispose();
    }

    [Fact]
    public void Judge_calls_are_counted_by_how_they_ended()
    {
        telemetry.Judged(new Measured(new Measurement.Value(1), [Call(1), Call(3), Call(0, fromCache: true)]));
        telemetry.Judged(new Measured(new Measurement.Error("no JSON"), [Call(2)]));
        telemetry.Judged(Measured.Of(new Measurement.Value(1)));
        string[] outcomes = ["ok", "retried", "cached", "failed"];
        outcomes.ShouldAllBe(o => counted[$"benchmark_judge_calls_total {o}"] == 1);
    }

    [Fact]
    public void Cases_are_counted_by_what_became_of_them()
    {
        telemetry.CaseDone(span: null, CaseEnd.Answered);
        telemetry.CaseDone(span: null, CaseEnd.Cached);
        telemetry.CaseDone(span: null, CaseEnd.Failed);
        string[] outcomes = ["answered", "cached", "failed"];
        outcomes.ShouldAllBe(o => counted[$"benchmark_cases_total {o}"] == 1);
    }

    [Fact]
    public void A_case_is_a_trace_of_its_own_that_is_linked_to_its_run()
    {
        using var heard = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RunTelemetry.Source,
            Sample = (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(heard);
        var plan = new MadeRun("judge").Case(null, 0.5).Plan;
        using var run = telemetry.BeginRun(plan);
        var parent = Activity.Current!;
        using var span = telemetry.BeginCase(plan, new WorkItem(new("c7", "secret question"), 7, 1, Before: null))!;
        span.TraceId.ShouldNotBe(parent.TraceId);
        span.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(parent.SpanId);
        span.TagObjects.ShouldBe([new("benchmark", "made"), new("case_id", "c7"), new("repeat", 1L)]);
    }

    private static CallFacts Call(int attempts, bool fromCache = false) => new("m", 1, attempts, fromCache, null, null);
}
