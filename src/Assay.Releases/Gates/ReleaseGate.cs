using Assay.Releases.Approvals;
using Assay.Statistics.Corrections;

namespace Assay.Releases.Gates;

/// <summary>
/// Decides whether a release may begin. Pass needs every need, each at its own unadjusted alpha: more needs make a false pass rarer (intersection-union). One fail fails the
/// release, so that fails are corrected by Holm over every p-value of a fail that was computed, in all needs; a fail without a p-value counts as it is. What is missing,
/// stale, smoke, void or about another candidate decides nothing, in neither direction.
/// </summary>
internal static class ReleaseGate
{
    /// <summary>The accepted share of false fails.</summary>
    public const double Alpha = 0.05;

    /// <summary>Decides.</summary>
    /// <param name="candidate">Who is to go out, and what the file asks for.</param>
    /// <param name="evidence">What was found, one for each need, in the order of the file.</param>
    /// <param name="approvals">Approvals of the gate, checked.</param>
    /// <param name="now">The time.</param>
    public static GateDecision Decide(
        GateCandidate candidate,
        IReadOnlyList<NeededEvidence> evidence,
        IReadOnlyList<CheckedApproval> approvals,
        DateTimeOffset now
    )
    {
        var needs = candidate.File.Gate.Evidence;
        var corrected = Corrected(evidence);
        List<NeedDecision> decided = [.. needs.Select((need, i) => NeedJudge.Decide(need, evidence[i], candidate, corrected, now))];
        var approved = new ApprovalsDecision(candidate.File.Gate.Approvals, approvals);
        var verdict = Together(decided, approved);
        return new GateDecision(
            candidate.Release.ToString(),
            candidate.Commit,
            FileHashing.Of(candidate.File),
            now,
            verdict,
            GateWords.Reason(verdict, decided, approved),
            decided,
            approved
        );
    }

    // The p-value of each fail as it counts beside the others, by the piece it belongs to.
    private static Dictionary<EvidencePiece, double> Corrected(IReadOnlyList<NeededEvidence> evidence)
    {
        var family = evidence.SelectMany(e => e.Pieces).Where(p => p.FailP is >= 0 and <= 1).ToList();
        var adjusted = MultipleTesting.Adjust(family.Select(p => p.FailP!.Value).ToArray(), Correction.Holm);
        var byPiece = new Dictionary<EvidencePiece, double>(ReferenceEqualityComparer.Instance);
        foreach (var (piece, p) in family.Zip(adjusted))
        {
            byPiece[piece] = p;
        }

        return byPiece;
    }

    private static Verdict Together(List<NeedDecision> needs, ApprovalsDecision approvals) =>
        needs.Exists(n => n.Verdict == Verdict.Fail) ? Verdict.Fail
        : needs.Count == 0 || needs.Exists(n => n.Verdict == Verdict.NoData) ? Verdict.NoData
        : needs.Exists(n => n.Verdict == Verdict.Inconclusive) || approvals.Lacking > 0 ? Verdict.Inconclusive
        : Verdict.Pass;
}
