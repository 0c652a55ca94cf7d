using Assay.Evaluation.Summaries;
using Assay.Statistics;
using Assay.Statistics.Corrections;

namespace Assay.Evaluation.Gates;

/// <summary>
/// Decides all gates of a run together. A gate passes when its whole interval is on the good side, at unadjusted alpha: a run passes only when all gates do, so more
/// gates make a false pass rarer (intersection-union). A fail of any gate fails the run, so p-values of fails are corrected by Holm.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="isSmoke">Whether points decide.</param>
internal sealed class GateDecision(RunSummary run, bool isSmoke)
{
    /// <summary>The fewest cases whose interval may decide: below it the interval of a skewed mean holds the truth too rarely (bench "gates").</summary>
    public const int LeastCases = 30;

    /// <summary>The fewest clusters whose interval may decide, for the same reason; clusters of unequal sizes count as fewer (<see cref="CaseSample.EffectiveClusters"/>).</summary>
    public const int LeastClusters = 10;

    // A plan is no sharper than its spread: a figure that is undecided although the plan thinks there are cases enough needs some more.
    private const double LeastStep = 0.1;

    private readonly GateWords words = new(run.Plan.Content.Language);

    public IReadOnlyList<GateResult> Decide(IReadOnlyList<(Gate Gate, GateFigure Figure)> measured)
    {
        var family = measured.Where(m => IsSampled(m.Figure)).ToList();
        var corrected = MultipleTesting.Adjust(family.Select(m => FailP(m.Gate, m.Figure)).ToArray(), Correction.Holm);
        var next = 0;
        return [.. measured.Select(m => Decide(m.Gate, m.Figure, IsSampled(m.Figure) ? corrected[next++] : null))];
    }

    private bool IsSampled(GateFigure figure) =>
        !isSmoke
        && figure switch
        {
            GateFigure.OfCases cases => !IsTooSmall(cases.Sample),
            GateFigure.OfRuns runs => runs.Spread.Runs >= RunSpread.LeastRuns,
            _ => false,
        };

    private static bool IsTooSmall(CaseSample sample) => sample.Count < LeastCases || sample.EffectiveClusters < LeastClusters;

    private static double FailP(Gate gate, GateFigure figure) =>
        figure switch
        {
            GateFigure.OfCases cases => cases.Test.FailP(gate.Threshold.Side),
            GateFigure.OfRuns runs => runs.Spread.FailP(gate.Threshold.Value),
            _ => 1,
        };

    private GateResult Decide(Gate gate, GateFigure figure, double? failP)
    {
        var unit = UnitOf(gate);
        var result = new GateResult(gate, Verdict.NoData, "") { Unit = unit, IsTimed = unit == "ms" };
        return figure switch
        {
            GateFigure.OfCases cases => Decide(Fill(result, cases) with { FailPCorrected = failP }, cases),
            GateFigure.OfRuns runs => Decide(result with { FailPCorrected = failP }, runs),
            GateFigure.Counted counted => Decide(result, counted),
            GateFigure.Given given => Decide(result, given.Agreement),
            GateFigure.Absent absent => result with { Reason = words.Absent(absent) },
            _ => throw new InvalidOperationException($"A gate cannot decide on {figure.GetType()}."),
        };
    }

    private GateResult Decide(GateResult result, GateFigure.OfCases cases)
    {
        var (side, test) = (result.Gate.Threshold.Side, cases.Test);
        var tooManyMissing = cases.Missing > result.Gate.MissingAtMost * cases.Expected;
        if (isSmoke)
        {
            var point = result with { Interval = null, PassP = null, FailP = null, NeededCases = null, Detectable = null, Method = "point" };
            return !result.Gate.Threshold.Holds(result.Estimate!.Value) ? Say(point, Verdict.Fail, words.Point)
                : tooManyMissing ? Say(point, Verdict.Inconclusive, r => words.TooManyMissing(r, cases.Missing, cases.Expected))
                : Say(point, Verdict.Pass, words.Point);
        }

        if (IsTooSmall(cases.Sample))
        {
            return Say(result, Verdict.Inconclusive, r => words.TooFew(r, LeastCases, LeastClusters));
        }

        if (test.PassP(side) <= LimitTest.Alpha)
        {
            return tooManyMissing
                ? Say(result, Verdict.Inconclusive, r => words.TooManyMissing(r, cases.Missing, cases.Expected))
                : Say(result, Verdict.Pass, words.Decided);
        }

        return result.FailPCorrected <= LimitTest.Alpha ? Say(result, Verdict.Fail, words.Decided)
            : test.Lack is { } lack ? Say(result, Verdict.Inconclusive, r => words.NoBound(r, lack))
            : Say(result, Verdict.Inconclusive, words.Decided);
    }

    private GateResult Decide(GateResult result, GateFigure.OfRuns figure)
    {
        var (spread, limit) = (figure.Spread, result.Gate.Threshold);
        var point = result with { Estimate = spread.Deviation, N = spread.Runs, Clusters = spread.Runs, Method = isSmoke ? "point" : spread.Method };
        var lost = (result.Gate.MissingAtMost * figure.Expected) < figure.Missing;
        GateResult Missing(GateResult r) => Say(r, Verdict.Inconclusive, m => words.MeasurementsMissing(m, figure.Missing, figure.Expected));
        if (isSmoke)
        {
            return !limit.Holds(spread.Deviation) ? Say(point, Verdict.Fail, words.Point)
                : lost ? Missing(point)
                : Say(point, Verdict.Pass, words.Point);
        }

        if (spread.Runs < RunSpread.LeastRuns)
        {
            return Say(point, Verdict.Inconclusive, r => words.TooFewRuns(r, RunSpread.LeastRuns));
        }

        var tested = point with
        {
            Interval = new Interval(spread.Low, spread.High, LimitTest.Confidence),
            PassP = spread.PassP(limit.Value),
            FailP = spread.FailP(limit.Value),
        };
        return limit.Holds(spread.High)
            ? lost
                ? Missing(tested)
                : Say(tested, Verdict.Pass, words.Decided)
            : tested.FailPCorrected <= LimitTest.Alpha
                ? Say(tested, Verdict.Fail, words.Decided)
                : Say(tested, Verdict.Inconclusive, r => words.RunsUndecided(r, spread.MoreRuns(limit.Value)));
    }

    private GateResult Decide(GateResult result, GateFigure.Counted counted)
    {
        var sum = result with { Estimate = counted.Value, N = counted.N, Method = "sum" };
        var holds = result.Gate.Threshold.Holds(counted.Value);
        // What is unknown can only add to a sum: it may break an upper limit, and it cannot be counted on for a lower one. A little of it is
        // taken for what the others cost.
        var known = Math.Max(1, run.Plan.Content.Asked - counted.Unknown);
        var isCovered =
            counted.Unknown <= result.Gate.MissingAtMost * run.Plan.Content.Asked
            && result.Gate.Threshold.Holds(counted.Value * run.Plan.Content.Asked / known);
        return counted.Unknown == 0 ? Say(sum, holds ? Verdict.Pass : Verdict.Fail, words.Decided)
            : isCovered && holds ? Say(sum, Verdict.Pass, r => words.Unknown(r, counted.Unknown))
            : !holds && result.Gate.Threshold.Side == ThresholdSide.AtMost ? Say(sum, Verdict.Fail, words.Decided)
            : Say(sum, Verdict.NoData, r => words.Unknown(r, counted.Unknown));
    }

    private GateResult Decide(GateResult result, JudgeAgreement agreement)
    {
        var given = result with
        {
            Estimate = agreement.Estimate,
            N = agreement.N,
            Clusters = agreement.N,
            Method = agreement.Method,
            Interval = new Interval(agreement.Low, agreement.High, LimitTest.Confidence),
        };
        var (least, most) = result.Gate.Threshold.Side == ThresholdSide.AtLeast ? (agreement.Low, agreement.High) : (agreement.High, agreement.Low);
        var holds = least is { } worst && result.Gate.Threshold.Holds(worst);
        return holds && agreement.LeavesOutTooMany ? Say(given, Verdict.Inconclusive, r => words.TooManyUnjudged(r, agreement.Errors, agreement.Items))
            : holds ? Say(given, Verdict.Pass, words.Decided)
            : most is { } best && !result.Gate.Threshold.Holds(best) ? Say(given, Verdict.Fail, words.Decided)
            : Say(given, Verdict.Inconclusive, words.Decided);
    }

    private GateResult Fill(GateResult result, GateFigure.OfCases cases)
    {
        var (side, test, n) = (result.Gate.Threshold.Side, cases.Test, cases.Sample.Count);
        return result with
        {
            Estimate = test.Estimate ?? cases.Sample.Values.Average(),
            Interval = Clipped(result.Gate, test.Interval),
            N = n,
            Clusters = cases.Sample.ClusterCount,
            EffectiveClusters = cases.Sample.EffectiveClusters,
            Method = (side == ThresholdSide.AtLeast ? test.Above : test.Below).Method,
            PassP = test.PassP(side),
            FailP = test.FailP(side),
            NeededCases = test.PlannedCases is { } planned ? (long)Math.Ceiling(Math.Min(Math.Max(LeastStep * n, planned - n), 1e15)) : null,
            Detectable = test.Detectable,
        };
    }

    private Interval? Clipped(Gate gate, Interval? interval) =>
        interval is { } ends && gate.Statistic is GateStatistic.Mean && gate.Metric != Gate.TargetName
            ? GateMeasuring.Find(run, gate.Metric).Scale.Within(ends)
            : interval;

    private string UnitOf(Gate gate) =>
        gate.Metric == Gate.TargetName || gate.Statistic is GateStatistic.Rate or GateStatistic.ErrorRate or GateStatistic.Agreement
            ? ""
            : GateMeasuring.Find(run, gate.Metric).Scale.Unit;

    private static GateResult Say(GateResult result, Verdict verdict, Func<GateResult, string> reason)
    {
        var decided = result with
        {
            Verdict = verdict,
            IsWarning = verdict == Verdict.Pass && result.Estimate is { } figure && result.Gate.Threshold.Warns(figure),
            NeededCases = verdict == Verdict.Inconclusive ? result.NeededCases : null,
        };
        return decided with { Reason = reason(decided) };
    }
}
