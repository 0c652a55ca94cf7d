using Assay.Releases.Approvals;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>A link of the ledger in a list.</summary>
/// <param name="Number">Its number in the chain.</param>
/// <param name="At">When.</param>
/// <param name="Icon">pass, fail, inconclusive, nodata or info.</param>
/// <param name="What">What happened.</param>
/// <param name="Why">Why, as it was written down; empty when nobody said it.</param>
/// <param name="Actor">Who.</param>
/// <param name="Hash">Its hash.</param>
public sealed record LedgerRow(long Number, DateTimeOffset At, string Icon, string What, string Why, string Actor, string Hash)
{
    // The ledger has all of it; this is what a line of a list holds.
    private const int MostWhy = 200;

    internal static LedgerRow Of(LedgerLink link, Reader reader) =>
        new(
            link.Number,
            link.Entry.At,
            LedgerTexts.IconOf(link),
            reader.Say(LedgerTexts.Of(link)),
            ReleaseTexts.Short(LedgerWords.Reason(link), MostWhy),
            link.Entry.Actor,
            link.Hash
        );
}

/// <summary>A piece of evidence that the gate asks for.</summary>
/// <param name="Need">The need.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Reason">Why, as it was decided.</param>
/// <param name="Source">Where it is from.</param>
public sealed record NeedRow(string Need, Verdict Verdict, string Reason, string Source)
{
    internal static IReadOnlyList<NeedRow> Of(GateDecision? gate) =>
        gate is null
            ? []
            :
            [
                .. gate
                    .Needs.OrderBy(n => Surface.Components.VerdictWords.RankOf(n.Verdict))
                    .Select(n => new NeedRow(n.Need, n.Verdict, ReleaseTexts.Short(n.Reason), n.Source)),
            ];
}

/// <summary>An approval.</summary>
/// <param name="Name">Who.</param>
/// <param name="Scope">gate or promote.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Problem">Why it does not count; null when it does.</param>
public sealed record ApprovalRow(string Name, string Scope, DateTimeOffset At, string Reason, string? Problem)
{
    internal static ApprovalRow Of(CheckedApproval approval, string scope) => new(approval.Name, scope, approval.At, approval.Reason, approval.Problem);
}

/// <summary>A rehearsal of the rollback.</summary>
/// <param name="Scenario">What went wrong on purpose.</param>
/// <param name="Release">The version.</param>
/// <param name="At">When.</param>
/// <param name="Verdict">Whether it stayed within its budget.</param>
/// <param name="Detected">Time to detect.</param>
/// <param name="Restored">Time to restore.</param>
/// <param name="Budget">What was allowed for both.</param>
public sealed record RehearsalRow(string Scenario, string Release, DateTimeOffset At, Verdict Verdict, string Detected, string Restored, string Budget)
{
    internal static RehearsalRow Of(LedgerLink link, Reader reader) =>
        new(
            LedgerTexts.Text(link, "scenario") is { Length: > 0 } scenario ? scenario : Figures.None,
            link.Entry.Release,
            link.Entry.At,
            LedgerTexts.VerdictOf(link) ?? Verdict.NoData,
            Seconds(link, "detect_seconds", reader),
            Seconds(link, "restore_seconds", reader),
            Seconds(link, "budget_seconds", reader)
        );

    private static string Seconds(LedgerLink link, string property, Reader reader) =>
        reader.Figures.Duration(LedgerTexts.Number(link, property) * 1000).ToString();
}
