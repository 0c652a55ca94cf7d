using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Comparisons;

namespace Assay.Releases.Canaries.Judging;

/// <summary>A metric at a look with its test.</summary>
internal sealed record AskedMetric(CanaryMetric Metric, MetricReading Reading, Tested Tested)
{
    // Three times what figures take in words. Why something could not be read is said by others, who know no bound.
    private const int LongestReason = 1_500;

    private bool HasMargin => !Metric.Margin.IsNone;

    /// <summary>What could be wrong: worse than control, and beyond the limit where there is one.</summary>
    public IEnumerable<Question> Questions =>
        Tested.Test is not { } test
            ? Tested.Alone is { } alone
                ? [new Question(Metric, IsLimit: true, alone)]
                : []
            : Metric.Limit is null
                ? [new Question(Metric, IsLimit: false, test)]
                : [new Question(Metric, IsLimit: false, test), new Question(Metric, IsLimit: true, test)];

    /// <summary>What it came to.</summary>
    /// <param name="broken">What is proven wrong.</param>
    /// <param name="alpha">The alpha at which the rest would be.</param>
    public MetricJudgement Judge(IReadOnlySet<Question> broken, double alpha)
    {
        var verdict = Verdict(broken);
        return Metric.Probe is not null ? ProbeJudgement.Of(Metric, Reading)
            : Tested.Test is { } test ? Judge(test, verdict, broken, alpha)
            : verdict == MetricVerdict.Fail ? Beyond(Tested.Alone!)
            : Reading.Error is { } error ? Unseen(verdict, $"It could not be read: {error}.")
            : Reading.Missing is { } missing ? Unseen(verdict, $"There is no figure: {missing}.")
            : Tested.Lack is { } lack ? Unseen(verdict, $"It is not judged yet: {lack}.") with { More = Tested.Values > 0 ? Tested.Values : null }
            : Unseen(verdict, $"There is no figure of {(Reading.Canary is null ? "the canary" : "control")}.");
    }

    /// <summary>The verdict alone.</summary>
    /// <param name="broken">What is proven wrong.</param>
    public MetricVerdict Verdict(IReadOnlySet<Question> broken) =>
        Metric.Probe is not null ? ProbeJudgement.VerdictOf(Reading)
        : Reading.Error is not null ? MetricVerdict.Error
        : Tested.Test is { } test ? Verdict(test, broken)
        : Questions.Any(broken.Contains) ? MetricVerdict.Fail
        : Tested.Lack is not null && Reading is { Canary.Count: > 0, Control.Count: > 0 } ? MetricVerdict.Inconclusive
        : MetricVerdict.NoData;

    private MetricVerdict Verdict(ArmTest test, IReadOnlySet<Question> broken) =>
        IsGross(test) || Questions.Any(broken.Contains) ? MetricVerdict.Fail
        : HasMargin && !LiesBeyondLimit(test) && test.IsWithin(Metric.Margin, CanaryPlan.ProofAlpha) ? MetricVerdict.Pass
        : MetricVerdict.Inconclusive;

    private bool IsGross(ArmTest test) => Metric.IsRequired && test is RateTest { IsGross: true };

    private MetricJudgement Judge(ArmTest test, MetricVerdict verdict, IReadOnlySet<Question> broken, double alpha)
    {
        var hits = Questions.Where(broken.Contains).ToList();
        var made = Figures(test, alpha) with
        {
            Verdict = verdict,
            More = verdict == MetricVerdict.Inconclusive ? MoreOf(test) : null,
            BrokenBy = BreakOf(test, hits),
        };
        return made with { Reason = JudgementText.Of(Metric, made, IsGross(test), hits.Exists(h => !h.IsLimit), hits.Exists(h => h.IsLimit)) };
    }

    // Of the canary alone: control has nothing to be shown.
    private MetricJudgement Beyond(ArmTest test)
    {
        var made = Unseen(MetricVerdict.Fail, "") with { Canary = Reasonable.Number(test.Canary), BrokenBy = MetricBreak.Limit, Method = test.MethodAlone };
        return made with { Reason = JudgementText.Beyond(Metric, made) };
    }

    private MetricBreak? BreakOf(ArmTest test, List<Question> hits) =>
        IsGross(test) ? MetricBreak.GrossFailure
        : hits.Exists(h => !h.IsLimit) ? MetricBreak.Comparison
        : hits.Count > 0 ? MetricBreak.Limit
        : null;

    private MetricJudgement Figures(ArmTest test, double alpha)
    {
        var difference = test.Difference(alpha, CanaryPlan.ProofAlpha);
        var accepted = Metric.Margin.Absolute + (Metric.Margin.Relative * Math.Abs(test.Control));
        return Unseen(MetricVerdict.Inconclusive, "") with
        {
            Control = Reasonable.Number(test.Control),
            Canary = Reasonable.Number(test.Canary),
            ControlCount = test.ControlCount,
            CanaryCount = test.CanaryCount,
            Difference = Reasonable.Number(test.Canary - test.Control),
            Low = Reasonable.Number(difference.Low),
            High = Reasonable.Number(difference.High),
            Accepted = HasMargin ? Reasonable.Number(Metric.IsLowerBetter ? accepted : -accepted) : null,
            Method = test.Method,
            Visible = Reasonable.Number(test.Visible(alpha)),
        };
    }

    /// <summary>Further requests of the canary until it is proven within its margin, should everything stay as it is.</summary>
    private long? MoreOf(ArmTest test) =>
        HasMargin && Sensitivity.TimesUntil(times => test.IsWithin(Metric.Margin, CanaryPlan.ProofAlpha, times)) is { } times
            ? (long)Math.Ceiling((times - 1) * test.CanaryCount * (1 - 1e-9))
            : null;

    // A figure beyond its limit is not yet proven to be so: it is no pass either.
    private bool LiesBeyondLimit(ArmTest test) => Metric.Limit is { } limit && (Metric.IsLowerBetter ? test.Canary > limit : test.Canary < limit);

    private MetricJudgement Unseen(MetricVerdict verdict, string reason) =>
        new(Metric.Name, Metric.Role, verdict, reason.Length > LongestReason ? reason[..(LongestReason - 1)] + "…" : reason)
        {
            ControlCount = Reading.Control?.Count ?? 0,
            CanaryCount = Reading.Canary?.Count ?? 0,
            Limit = Metric.Limit,
            Unit = Metric.Unit,
            TraceIds = Reading.TraceIds,
        };
}
