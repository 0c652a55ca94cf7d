using Assay.Releases.Approvals;
using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Releases.Rehearsals;
using Assay.Releases.Rollbacks;

namespace Assay.Server.Releases.Pages;

/// <summary>Reads what the page of a release shows.</summary>
internal sealed class ReleaseReading(ReleaseDesk desk, StoredLedger ledger, ChainShelf chain, CanaryBook canaries, RollbackRunner rollbacks)
{
    /// <summary>Links that the page lists; the evidence bundle has all.</summary>
    public const int MostLinks = 40;

    // A step's chart draws a hundred; these are the looks of a night at one a minute.
    private const int MostLooks = 600;

    private const int MostMoves = 100;
    private const int MostRehearsals = 12;

    // Versions of a release whose rehearsals are looked for.
    private const int MostVersions = 20;

    private static readonly IReadOnlyList<LedgerKind> All = Enum.GetValues<LedgerKind>();

    /// <summary>The newest version of a release; null when it has none.</summary>
    public async Task<ReleaseId?> NewestAsync(string name, CancellationToken cancellationToken) =>
        (await canaries.ListAsync(name, cancellationToken)).MaxBy(c => c.State.StartedAt)?.State.Release
        // A rehearsal of its rollback is no version that is to go out.
        ?? (await VersionsAsync(name, cancellationToken)).OrderBy(v => v.Version == RehearsalStage.Version).Cast<ReleaseId?>().FirstOrDefault();

    /// <summary>The release as it stands.</summary>
    /// <param name="id">The release.</param>
    /// <param name="withLooks">Whether looks are listed among the links.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ReleaseView> ReadAsync(ReleaseId id, bool withLooks, CancellationToken cancellationToken)
    {
        var state = (await canaries.FindAsync(id, cancellationToken))?.State;
        var view = new ReleaseView(id)
        {
            File = FileOf(id.Name),
            State = state,
            Plan = state?.Plan(),
            Later = state is null ? null : await LaterAsync(state, cancellationToken),
            Rollback = RollbackStatus.Of(rollbacks.Cards.Find(id), rollbacks.TrafficFaults.Find(id)),
            MoveFault = rollbacks.TrafficFaults.Find(id),
            Looks = state is null ? [] : await canaries.LooksAsync(id, MostLooks, cancellationToken),
        };
        try
        {
            return await WithLedgerAsync(view, withLooks, cancellationToken);
        }
        catch (AssayException e)
        {
            return view with { Fault = e, Chain = await chain.NowAsync(cancellationToken) };
        }
    }

    /// <summary>A release file of the catalog; null when there is none, or files are wrong, which the list tells.</summary>
    public ReleaseFile? FileOf(string name)
    {
        try
        {
            return ReleaseCatalog.Read(desk.Catalog).FirstOrDefault(f => f.Name == name);
        }
        catch (AssayException)
        {
            return null;
        }
    }

    private async Task<ReleaseId?> LaterAsync(CanaryState state, CancellationToken cancellationToken) =>
        (await canaries.ListAsync(state.Release.Name, cancellationToken))
            .Where(c => c.State.StartedAt > state.StartedAt)
            .MaxBy(c => c.State.StartedAt)
            ?.State.Release;

    private async Task<ReleaseView> WithLedgerAsync(ReleaseView view, bool withLooks, CancellationToken cancellationToken)
    {
        var id = view.Id.ToString();
        var gates = await ledger.LatestAsync(id, [LedgerKind.Gate], 1, cancellationToken);
        var listed = withLooks ? All : [.. All.Where(k => k != LedgerKind.Look)];
        return view with
        {
            Moves = await ledger.LatestAsync(id, ReleaseState.Moving, MostMoves, cancellationToken),
            Links = await ledger.LatestAsync(id, listed, MostLinks, cancellationToken),
            Gate = gates.Select(GateDecision.Of).LastOrDefault(),
            GateApprovals = gates.Count == 0 ? [] : await ApprovalsAsync(view.Id, ApprovalScope.Gate, cancellationToken),
            PromoteApprovals = gates.Count == 0 ? [] : await ApprovalsAsync(view.Id, ApprovalScope.Promote, cancellationToken),
            Rehearsals = await RehearsalsAsync(view.Id, cancellationToken),
            Chain = await chain.NowAsync(cancellationToken),
        };
    }

    private async Task<IReadOnlyList<CheckedApproval>> ApprovalsAsync(ReleaseId id, string scope, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.ApprovalsAsync(await desk.SubjectAsync(id, scope, cancellationToken), cancellationToken);
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.WrongUsage)
        {
            // The file of approvers is wrong: nobody counts.
            return [];
        }
    }

    private async Task<IReadOnlyList<LedgerLink>> RehearsalsAsync(ReleaseId id, CancellationToken cancellationToken)
    {
        var found = new List<LedgerLink>();
        foreach (var version in (await VersionsAsync(id.Name, cancellationToken)).Take(MostVersions))
        {
            found.AddRange(await ledger.LatestAsync(version.ToString(), [LedgerKind.Rehearsal], MostRehearsals, cancellationToken));
        }

        return [.. found.OrderByDescending(l => l.Number).Take(MostRehearsals)];
    }

    private async Task<IReadOnlyList<ReleaseId>> VersionsAsync(string name, CancellationToken cancellationToken) =>
        [.. (await ledger.ReleasesAsync(cancellationToken)).Select(ReleaseId.TryRead).OfType<ReleaseId>().Where(r => r.Name == name)];
}
