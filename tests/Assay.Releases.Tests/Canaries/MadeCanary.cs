using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Files;
using Assay.Statistics.Samples;

namespace Assay.Releases.Tests.Canaries;

/// <summary>Plans, states and readings for tests.</summary>
internal static class MadeCanary
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A canary of a flag with two guardrails, a signal and a metric that is told.</summary>
    public const string Yaml = """
        name: shop
        service: shop
        gate:
          evidence: [{ benchmark: handbook }]
        canary:
          split: { flag: new_search }
          steps: [5, 25, 100]
          lookEvery: 1m
          minTime: 5m
          minRequests: 200
          longestHold: 1h
          watch:
            - { name: errors, read: errors, kind: rate, margin: 0.01, limit: 0.2 }
            - { name: latency, read: latency, kind: p95, relativeMargin: 0.2, unit: ms }
            - { name: quality, read: score relevance, kind: mean, role: signal, better: higher, margin: 0.05 }
            - { name: spans, read: span rag.fallback, kind: rate, role: info }
        """;

    public static ReleaseFile File(string yaml = Yaml) => ReleaseCatalog.Parse(yaml, "shop.yaml");

    public static CanaryPlan Plan(string yaml = Yaml, string version = "1.9.0") => CanaryPlan.Of(File(yaml), version);

    /// <summary>A canary on a step with its traffic confirmed.</summary>
    public static CanaryState OnStep(CanaryPlan plan, int step = 0)
    {
        var state = CanaryDecider.Confirm(plan, CanaryDecider.Start(plan, "abc1234", forced: null, "ann", Noon), Noon);
        return state with { Step = step, Percent = plan.Steps[step], Notes = [] };
    }

    /// <summary>A reading of healthy arms of this size; <paramref name="change"/> makes it another.</summary>
    public static CanaryReading Healthy(CanaryPlan plan, long canary = 20_000, Func<CanaryMetric, MetricReading, MetricReading>? change = null)
    {
        var control = canary * 19;
        return new CanaryReading(
            control,
            canary,
            [.. plan.Metrics.Select(m => (Metric: m, Reading: Reading(m, control, canary))).Select(r => change?.Invoke(r.Metric, r.Reading) ?? r.Reading)]
        );
    }

    /// <summary>Both arms alike.</summary>
    public static MetricReading Reading(CanaryMetric metric, long control, long canary) =>
        metric.Kind switch
        {
            CanaryMetricKind.Rate => Rate(metric.Name, control, control / 200, canary, canary / 200),
            CanaryMetricKind.Mean => new MetricReading(
                metric.Name,
                ArmReading.Mean(Moments.FromSummary(control, 0.8, 0.1)),
                ArmReading.Mean(Moments.FromSummary(canary, 0.8, 0.1))
            ),
            CanaryMetricKind.Probe => new MetricReading(metric.Name, null, null) { Probe = new ProbeReading(IsWell: true, "It answered 200.") },
            _ => new MetricReading(metric.Name, ArmReading.Quantile(Durations(control, 1)), ArmReading.Quantile(Durations(canary, 1))),
        };

    public static MetricReading Rate(string name, long control, long controlBad, long canary, long canaryBad) =>
        new(name, ArmReading.Rate(control, controlBad), ArmReading.Rate(canary, canaryBad));

    /// <summary>Durations about 100 ms times a factor, the same shape at any count.</summary>
    public static QuantileSketch Durations(long count, double factor)
    {
        var sketch = new QuantileSketch();
        for (var i = 0; i < count; i++)
        {
            // Quantiles of an exponential distribution with a floor, in no order that matters.
            sketch.Add(factor * (50 - (50 * Math.Log(1 - ((i + 0.5) / count)))));
        }

        return sketch;
    }

    /// <summary>A look after all waiting is over, at a step whose traffic reads as it should.</summary>
    public static CanaryMoment Late(CanaryPlan plan, int approvals = 0, int step = 0) =>
        new(Noon + plan.MinTime, plan.MinTime, approvals) { Traffic = plan.Steps[step] };

    /// <summary>A look at the first step after some time, its traffic as it should be.</summary>
    public static CanaryMoment After(CanaryPlan plan, TimeSpan passed) => new(Noon, passed) { Traffic = plan.Steps[0] };

    public static MetricJudgement Of(this IReadOnlyList<MetricJudgement> judgements, string metric) => judgements.Single(j => j.Metric == metric);
}
