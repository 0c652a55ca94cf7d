namespace Assay.Releases.Canaries.Judging;

/// <summary>
/// Judges the metrics of a look by the data of the step: pure. Rollback proofs share the step's alpha by Holm over all comparisons and limits of guardrails and signals;
/// a promotion needs each guardrail's own proof at <see cref="CanaryPlan.ProofAlpha"/>, unadjusted, since all of them must hold (intersection-union).
/// </summary>
internal static class CanaryJudge
{
    // Values of both arms at which bounds of means are narrowest: those of this many least steps.
    private const double TuningSteps = 5;
    private const long LeastTuning = 1000;

    /// <summary>One judgement for each watched metric, in the order of the file.</summary>
    public static IReadOnlyList<MetricJudgement> Of(CanaryPlan plan, int step, CanaryReading reading)
    {
        var asked = plan.Metrics.Select(m => Asked(plan, step, m, reading)).ToList();
        var (broken, alpha) = BrokenOf(plan, asked);
        return [.. asked.Select(a => a.Judge(broken, alpha))];
    }

    /// <summary>The verdicts alone, without figures and words: for simulations.</summary>
    public static IReadOnlyList<MetricVerdict> Verdicts(CanaryPlan plan, int step, CanaryReading reading)
    {
        var asked = plan.Metrics.Select(m => Asked(plan, step, m, reading)).ToList();
        var (broken, _) = BrokenOf(plan, asked);
        return [.. asked.Select(a => a.Verdict(broken))];
    }

    private static AskedMetric Asked(CanaryPlan plan, int step, CanaryMetric metric, CanaryReading reading)
    {
        // A source that leaves a metric out has not read it.
        var found =
            reading.Metrics.FirstOrDefault(m => m.Metric == metric.Name)
            ?? new MetricReading(metric.Name, null, null) { Error = "the source did not answer for it" };
        return new AskedMetric(metric, found, TestOf(plan, step, metric, found));
    }

    private static Tested TestOf(CanaryPlan plan, int step, CanaryMetric metric, MetricReading found) =>
        found is { Error: null, Canary: { Count: > 0 } canary, Control: null or { Count: 0 } } && metric.Limit is not null
            ? Compared(plan, step, metric, found) with
            {
                Alone = AloneOf(plan, step, metric, canary),
            }
            : Compared(plan, step, metric, found);

    // A limit asks nothing of control: one that is down does not switch it off.
    private static ArmTest? AloneOf(CanaryPlan plan, int step, CanaryMetric metric, ArmReading canary) =>
        metric.Kind switch
        {
            CanaryMetricKind.Rate => RateOf(metric, new MetricReading(metric.Name, null, null), ArmReading.Rate(0, 0), canary),
            CanaryMetricKind.Mean => MeanTest.Alone(canary.Values, metric.IsLowerBetter, TuningOf(plan, step)),
            _ => QuantileTest.Alone(canary, metric.Quantile!.Value),
        };

    private static Tested Compared(CanaryPlan plan, int step, CanaryMetric metric, MetricReading found)
    {
        if (found is not { Error: null, Missing: null, Control: { } control, Canary: { } canary })
        {
            return new Tested(null);
        }

        if (control.Count == 0 || canary.Count == 0)
        {
            return new Tested(null, $"{(canary.Count == 0 ? "the canary" : "control")} has no values yet");
        }

        return metric.Kind switch
        {
            CanaryMetricKind.Rate => new Tested(RateOf(metric, found, control, canary)),
            CanaryMetricKind.Mean => MeanTest.Of(control.Values, canary.Values, metric.IsLowerBetter, TuningOf(plan, step)),
            _ => QuantileTest.Of(control, canary, metric.Quantile!.Value),
        };
    }

    private static RateTest RateOf(CanaryMetric metric, MetricReading found, ArmReading control, ArmReading canary)
    {
        var share = (double)canary.Count / (control.Count + canary.Count);
        // Where good is counted, what is bad falls by time as requests do: only what was counted was matched.
        return metric.IsLowerBetter
            ? new RateTest(new(control.Positive, control.Count), new(canary.Positive, canary.Count), found.MatchedShare ?? share, true)
            : new RateTest(new(control.Count - control.Positive, control.Count), new(canary.Count - canary.Positive, canary.Count), share, false);
    }

    private static long TuningOf(CanaryPlan plan, int step) =>
        Math.Max(LeastTuning, (long)(TuningSteps * plan.File.MinRequests * 100 / (double)plan.Steps[step]));

    /// <summary>Holm by steps over every comparison and every limit: what is proven at alpha over those left leaves, and the rest is asked again with one fewer.</summary>
    private static (IReadOnlySet<Question> Broken, double Left) BrokenOf(CanaryPlan plan, List<AskedMetric> asked)
    {
        var required = asked.Where(a => a.Metric is { IsRequired: true, Probe: null }).ToList();
        var left = required.SelectMany(a => a.Questions).ToList();
        // What is missing at this look counts all the same: the number of questions was fixed before the first.
        var missing = required.Sum(a => a.Metric.Limit is null ? 1 : 2) - left.Count;
        var broken = new HashSet<Question>();
        double Alpha() => plan.StepAlpha / Math.Max(1, left.Count + missing);
        while (left.Find(q => q.IsProven(Alpha())) is { } hit)
        {
            left.Remove(hit);
            broken.Add(hit);
        }

        return (broken, Alpha());
    }
}

/// <summary>Something that would be wrong with a canary.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="IsLimit">Whether it is about the limit, not about control.</param>
/// <param name="Test">The figures.</param>
internal sealed record Question(CanaryMetric Metric, bool IsLimit, ArmTest Test)
{
    /// <summary>Whether it is wrong, proven at this alpha over all looks of the step.</summary>
    public bool IsProven(double alpha) => IsLimit ? Test.IsBeyond(Metric.Limit!.Value, alpha) : IsBeyondMargin && Test.IsWorse(alpha);

    // A worsening that is accepted is no reason to roll back, however sure it is.
    private bool IsBeyondMargin
    {
        get
        {
            var worse = Metric.IsLowerBetter ? Test.Canary - Test.Control : Test.Control - Test.Canary;
            return worse > Metric.Margin.Absolute + (Metric.Margin.Relative * Math.Abs(Test.Control));
        }
    }
}
