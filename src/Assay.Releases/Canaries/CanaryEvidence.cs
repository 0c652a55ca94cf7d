using System.Globalization;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Statistics;

namespace Assay.Releases.Canaries;

/// <summary>What an ended canary proved, as evidence: a later gate may ask for it (<c>canary: NAME</c>).</summary>
internal static class CanaryEvidence
{
    // A reason of twenty metrics; the ledger has each of them whole.
    private const int LongestReason = 2_000;

    private static readonly string ToolVersion = typeof(CanaryEvidence).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    /// <summary>The metric that says how the canary of a release ended.</summary>
    public static string MetricOf(string release) => $"canary {release}";

    /// <summary>The end first, then each metric that decided, as it stood at the last look.</summary>
    /// <param name="state">The canary as it was when its last move was confirmed.</param>
    /// <param name="isPromoted">Whether all traffic is the candidate's now; otherwise none is.</param>
    /// <param name="at">When it ended.</param>
    public static IReadOnlyList<Evidence> Of(CanaryState state, bool isPromoted, DateTimeOffset at) =>
        [End(state, isPromoted, at), .. state.Judgements.Where(j => j.Role != CanaryRole.Info).Select(j => Figure(state, j, at))];

    /// <summary>The same as notes to the ledger, under the keys that the evidence would have if somebody handed it in.</summary>
    public static IEnumerable<CanaryNote> Notes(CanaryState state, CanaryMove move, bool isPromoted, DateTimeOffset at) =>
        Of(state, isPromoted, at)
            .Select(evidence => new CanaryNote(
                LedgerKind.Evidence,
                $"evidence/{EvidenceHash.Of(evidence)}",
                CanaryMove.Controller,
                at,
                new CanaryNoteBody(move.Step + 1, move.Percent, evidence.Reason)
            )
            {
                Evidence = evidence.ToJson(),
            });

    private static Evidence End(CanaryState state, bool isPromoted, DateTimeOffset at)
    {
        var steps = state.File.Steps.Count - 1;
        var (verdict, reason) =
            !isPromoted ? (Verdict.Fail, state.Reason)
            : state.Waived == 0 ? (Verdict.Pass, $"Promoted: every guardrail was proven within its margin at each of {Count(steps)}.")
            : (Verdict.Inconclusive, $"Promoted by order: at {state.Waived} of {Count(steps)} the proof was waived.");
        return Made(state, MetricOf(state.Release.Name), verdict, reason + Forced(state), at) with
        {
            N = state.Judgements.Select(j => j.CanaryCount).DefaultIfEmpty().Max(),
            Method = "canary",
        };
    }

    private static Evidence Figure(CanaryState state, MetricJudgement judgement, DateTimeOffset at) =>
        Made(state, $"{MetricOf(state.Release.Name)} {judgement.Metric}", VerdictOf(judgement), judgement.Reason, at) with
        {
            Estimate = judgement.Difference,
            Interval = judgement is { Low: null, High: null } ? null : new Interval(judgement.Low, judgement.High, 1 - CanaryPlan.ProofAlpha),
            Threshold = judgement.Accepted is { } accepted ? new Threshold(SideOf(state, judgement), accepted) : null,
            N = judgement.ControlCount + judgement.CanaryCount,
            Method = judgement.Method,
            TraceIds = [.. judgement.TraceIds.Take(Evidence.MostTraces)],
        };

    private static Evidence Made(CanaryState state, string metric, Verdict verdict, string reason, DateTimeOffset at) =>
        new(
            new Candidate { Commit = state.Commit },
            metric,
            verdict,
            reason.Length > LongestReason ? reason[..(LongestReason - 1)] + "…" : reason,
            at,
            ToolVersion
        );

    private static ThresholdSide SideOf(CanaryState state, MetricJudgement judgement) =>
        state.File.Watch.Find(w => w.Name == judgement.Metric)?.Better == "higher" ? ThresholdSide.AtLeast : ThresholdSide.AtMost;

    private static Verdict VerdictOf(MetricJudgement judgement) =>
        judgement.Verdict switch
        {
            MetricVerdict.Pass => Verdict.Pass,
            MetricVerdict.Fail => Verdict.Fail,
            MetricVerdict.Inconclusive => Verdict.Inconclusive,
            _ => Verdict.NoData,
        };

    private static string Forced(CanaryState state) => state.Forced is { } reason ? $" It began without an open gate: {reason}" : "";

    private static string Count(int steps) => steps == 1 ? "1 step" : string.Create(CultureInfo.InvariantCulture, $"{steps} steps");
}
