using System.Globalization;
using Assay.Releases.Files;
using Assay.Releases.Ledger;

namespace Assay.Releases.Canaries;

/// <summary>What the ledger is told of a canary, each under a key of its own: told twice it is told once.</summary>
internal static class CanaryNotes
{
    // A link of the ledger takes 256 KiB, and what it does not take would be told again for ever: this and twenty metrics at their longest fit, whatever their characters.
    private const int LongestReason = 6_000;

    public static CanaryNote Started(ReleaseId release, string commit, string? forced, decimal percent, string actor, DateTimeOffset now, string reason) =>
        new(
            LedgerKind.CanaryStarted,
            $"canary/{release}/started",
            actor,
            now,
            new CanaryNoteBody(1, percent, reason) { Commit = commit.Length == 0 ? null : commit, Forced = forced }
        );

    public static CanaryNote Looked(CanaryLook look) =>
        new(
            LedgerKind.Look,
            string.Create(CultureInfo.InvariantCulture, $"canary/{look.Release}/{look.Step}/{look.Look}"),
            CanaryMove.Controller,
            look.At,
            new CanaryNoteBody(look.Step, look.Percent, Bounded(look.Reason))
            {
                Look = look.Look,
                Verdict = look.Verdict,
                Requests = look.Requests,
                Metrics = look.Metrics,
            }
        );

    public static CanaryNote Moved(CanaryPlan plan, CanaryState state, CanaryMove move, CanaryPhase phase, DateTimeOffset now) =>
        new(
            phase switch
            {
                CanaryPhase.RolledBack => LedgerKind.RolledBack,
                CanaryPhase.Promoted => LedgerKind.Promoted,
                _ => LedgerKind.Step,
            },
            phase switch
            {
                CanaryPhase.RolledBack => $"canary/{plan.Release}/rolled_back",
                CanaryPhase.Promoted => $"canary/{plan.Release}/promoted",
                _ => string.Create(CultureInfo.InvariantCulture, $"canary/{plan.Release}/{move.Step + 1}"),
            },
            move.Actor,
            now,
            new CanaryNoteBody(move.Step + 1, move.Percent, Bounded(move.Reason)) { Verdict = state.Verdict }
        );

    private static string Bounded(string reason) => reason.Length > LongestReason ? reason[..(LongestReason - 1)] + "…" : reason;
}
