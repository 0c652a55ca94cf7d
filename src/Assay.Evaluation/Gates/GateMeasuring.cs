using Assay.Evaluation.Summaries;

namespace Assay.Evaluation.Gates;

/// <summary>Finds a gate's figure in a run.</summary>
/// <param name="run">The run.</param>
/// <param name="baseline">The blessed run; null when there is none.</param>
/// <param name="agreements">Calibrations of judges.</param>
internal sealed class GateMeasuring(RunSummary run, RunSummary? baseline, IReadOnlyList<JudgeAgreement> agreements)
{
    public GateFigure Measure(Gate gate) =>
        gate.Statistic switch
        {
            GateStatistic.Agreement => Agreement(gate),
            GateStatistic.ErrorRate => ErrorRate(gate),
            GateStatistic.Difference => Difference(gate),
            GateStatistic.Total => Total(gate),
            GateStatistic.RunDeviation => Spread(gate),
            _ => OfValues(gate),
        };

    private GateFigure OfValues(Gate gate)
    {
        var metric = Find(run, gate.Metric);
        var sample = run.Series.Metrics[gate.Metric].Values.Sample(run.Series.Clusters);
        if (sample.Count == 0)
        {
            return new GateFigure.Absent(GateLack.NoValues, metric.FirstError ?? "");
        }

        var limit = gate.Threshold.Value;
        var test = gate.Statistic switch
        {
            GateStatistic.Quantile => QuantileTest.Of(sample, gate.Quantile!.Value, limit),
            GateStatistic.Rate => LimitTests.Share(sample.Map(v => gate.CaseThreshold!.Holds(v) ? 1 : 0), limit),
            _ => LimitTests.Mean(sample, metric.Scale.Low, metric.Scale.High, limit),
        };
        return new GateFigure.OfCases(test, sample, metric.Missing, metric.N + metric.Missing);
    }

    private GateFigure ErrorRate(Gate gate)
    {
        var failures = gate.Metric == Gate.TargetName ? run.Series.TargetFailures : run.Series.Metrics[gate.Metric].Failures;
        var sample = failures.Sample(run.Series.Clusters);
        var cases = run.Plan.Content.Dataset.Cases;
        // An unfinished run has cases that could neither succeed nor fail.
        var unasked = cases - run.Series.TargetFailures.Count;
        return sample.Count == 0
            ? new GateFigure.Absent(GateLack.NoValues)
            : new GateFigure.OfCases(LimitTests.Failures(sample, gate.Threshold.Value), sample, unasked, sample.Count + unasked);
    }

    private GateFigure Difference(Gate gate)
    {
        if (LackOfBaseline(gate) is { } lack)
        {
            return lack;
        }

        var metric = Find(run, gate.Metric);
        var differences = run.Series.Metrics[gate.Metric].Values.Minus(baseline!.Series.Metrics[gate.Metric].Values);
        var sample = differences.Sample(run.Series.Clusters);
        return sample.Count == 0
            ? new GateFigure.Absent(GateLack.NoValues)
            : new GateFigure.OfCases(
                LimitTests.Difference(sample, metric.Scale.Low, metric.Scale.High, gate.Threshold.Value),
                sample,
                metric.N + metric.Missing - sample.Count,
                metric.N + metric.Missing
            );
    }

    private GateFigure.Absent? LackOfBaseline(Gate gate)
    {
        if (baseline is null)
        {
            return new(GateLack.NoBaseline);
        }

        var (ours, theirs) = (run.Plan.Content, baseline.Plan.Content);
        return ours.Dataset.Hash != theirs.Dataset.Hash ? new(GateLack.OtherDataset, $"{theirs.Dataset.Name} {Short(theirs.Dataset.Hash)}")
            : ours.IsDryRun != theirs.IsDryRun ? new(GateLack.OtherKindOfRun, baseline.Plan.Run)
            : TryFind(baseline, gate.Metric) is not { } metric ? new(GateLack.NoBaselineMetric, baseline.Plan.Run)
            : metric.Fingerprint != Find(run, gate.Metric).Fingerprint ? new(GateLack.OtherFingerprint, Short(metric.Fingerprint))
            : null;
    }

    private GateFigure Total(Gate gate)
    {
        var metric = Find(run, gate.Metric);
        var sum = run.Series.Metrics[gate.Metric].Sum;
        var unknown = run.Plan.Content.Asked - run.Series.Metrics[gate.Metric].Count;
        return run.Series.Metrics[gate.Metric].Count == 0 ? new GateFigure.Absent(GateLack.NoValues) : new GateFigure.Counted(sum, metric.N, unknown);
    }

    private GateFigure Spread(Gate gate)
    {
        var metric = Find(run, gate.Metric);
        var expected = run.Plan.Content.Asked - (metric.NotApplicable * run.Plan.Content.Repeats);
        return metric.N == 0 ? new GateFigure.Absent(GateLack.NoValues, metric.FirstError ?? "")
            : RunSpread.Of(metric) is not { } spread ? new GateFigure.Absent(GateLack.NoRepeats)
            : new GateFigure.OfRuns(spread, expected - run.Series.Metrics[gate.Metric].Count, expected);
    }

    private GateFigure Agreement(Gate gate)
    {
        var fingerprint = Find(run, gate.Metric).Fingerprint;
        return agreements.FirstOrDefault(a => a.Fingerprint == fingerprint) is { } found ? new GateFigure.Given(found)
            : agreements.Count > 0 ? new GateFigure.Absent(GateLack.OtherCalibration, Short(fingerprint))
            : new GateFigure.Absent(GateLack.NotCalibrated, Short(fingerprint));
    }

    internal static MetricSummary Find(RunSummary run, string name) =>
        TryFind(run, name) ?? throw new InvalidOperationException($"A gate was read for a metric '{name}' that the run does not have.");

    private static MetricSummary? TryFind(RunSummary run, string name) => run.Metrics.Concat(run.Resources).FirstOrDefault(m => m.Name == name);

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
