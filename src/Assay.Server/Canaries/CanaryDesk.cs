using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Rollbacks;
using Assay.Server.Flags;
using Assay.Server.Hosting;

namespace Assay.Server.Canaries;

/// <summary>Orders to canaries and questions about them. Orders of one canary come one after the other; a rollback waits for none.</summary>
internal sealed class CanaryDesk(CanaryBook book, CanaryRunner runner, RollbackRunner rollbacks, ICanaryPorts ports, HubOptions options, TimeProvider time)
    : IDisposable
{
    // A look at one canary asks its metrics; others need not wait for a slow server longer than this.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Canaries that are not done, at most 100, the one that was looked at last first.</summary>
    public async Task<IReadOnlyList<CanaryState>> ActiveAsync(CancellationToken cancellationToken) =>
        [.. (await book.ListAsync(name: null, cancellationToken)).Select(c => c.State).Where(s => s.IsActive).Take(100)];

    /// <summary>Begins a canary.</summary>
    /// <exception cref="AssayException">The file or the candidate is wrong, the gate is closed, or there is one already (exit code 2).</exception>
    public Task<CanaryStatus> StartAsync(string name, CanaryStart start, string actor, CancellationToken cancellationToken) =>
        InTurnAsync(
            async () =>
            {
                var file = ReleaseCatalog.Find(Known(name), options.CatalogFolder);
                var commit = start.Commit.Trim().ToLowerInvariant();
                var plan = CanaryPlan.Of(
                    file,
                    new GateRequest { Version = start.Version, Commit = commit }
                        .Id(name)
                        .Version
                );
                var forced = start.Force is { } reason ? new CanaryOrder(reason).Checked("reason of --force") : null;
                var gate = await GateOpening.FindAsync(ports.Ledger, plan.Release, cancellationToken);
                if (forced is null && GateOpening.WhyClosed(gate, file, commit, time.GetUtcNow()) is { } why)
                {
                    throw GateOpening.Closed(plan.Release, why);
                }

                // Who names the version alone means the candidate that the gate was asked about: evidence without a commit is nobody's.
                commit = commit.Length > 0 ? commit : gate?.Commit ?? "";
                (ports.SplitOf(plan.Release, plan.File.Split) as FlagSplit)?.DemandUsable();
                return Status(await runner.StartAsync(plan, commit, forced, actor, cancellationToken));
            },
            cancellationToken
        );

    /// <summary>Looks now.</summary>
    public Task<CanaryStatus> LookAsync(string release, CancellationToken cancellationToken) =>
        InTurnAsync(async () => Status(await runner.LookAsync(await NeedAsync(release, cancellationToken), cancellationToken)), cancellationToken);

    /// <summary>Goes on to the next step because a person wants it.</summary>
    public Task<CanaryStatus> PromoteAsync(string release, CanaryOrder order, string actor, CancellationToken cancellationToken)
    {
        var reason = order.Checked();
        return InTurnAsync(
            async () => Status(await runner.PromoteAsync(await NeedAsync(release, cancellationToken), actor, reason, cancellationToken)),
            cancellationToken
        );
    }

    /// <summary>Takes all traffic away. Neither the store nor the catalog is needed for a release that is named whole.</summary>
    public async Task<CanaryStatus> RollBackAsync(string release, CanaryOrder order, string actor, CancellationToken cancellationToken)
    {
        var reason = order.Checked();
        var id = IdOfCard(release) ?? await NeedAsync(release, cancellationToken);
        var card = await rollbacks.RollBackAsync(id, actor, reason, cancellationToken) ?? throw Unknown(release);
        return await TryStatusAsync(id, cancellationToken) ?? Bare(card);
    }

    /// <summary>A canary by its id, or the latest of a name.</summary>
    /// <exception cref="AssayException">There is none (exit code 2).</exception>
    public async Task<CanaryStatus> GetAsync(string release, CancellationToken cancellationToken)
    {
        var id = await NeedAsync(release, cancellationToken);
        return Status((await book.FindAsync(id, cancellationToken) ?? throw Unknown(release)).State);
    }

    /// <summary>All canaries, the one that was looked at last first.</summary>
    public async Task<CanaryList> ListAsync(CancellationToken cancellationToken) =>
        new([.. (await book.ListAsync(name: null, cancellationToken)).Select(c => Status(c.State))]);

    /// <summary>Remembered looks of a canary.</summary>
    public async Task<CanaryLooks> LooksAsync(string release, int limit, CancellationToken cancellationToken) =>
        new(await book.LooksAsync(await NeedAsync(release, cancellationToken), limit, cancellationToken));

    public void Dispose() => turn.Dispose();

    private CanaryStatus Status(CanaryState state) => CanaryStatus.Of(state, rollbacks.Cards.Find(state.Release), rollbacks.TrafficFaults.Find(state.Release));

    private async Task<CanaryStatus?> TryStatusAsync(ReleaseId id, CancellationToken cancellationToken)
    {
        try
        {
            return await book.FindAsync(id, cancellationToken) is { } found ? Status(found.State) : null;
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            return null;
        }
    }

    // What can be told when the store cannot be asked.
    private CanaryStatus Bare(RollbackCard card) =>
        new(card.Release.ToString(), card.Service, CanaryPhase.RollingBack, 0, [], card.ZeroAt is null ? 100 : 0, Verdict.Fail, card.Reason, [])
        {
            Rollback = RollbackStatus.Of(card, rollbacks.TrafficFaults.Find(card.Release)),
        };

    private ReleaseId? IdOfCard(string release) =>
        ReleaseId.TryRead(release) is { } id
            ? rollbacks.Cards.Find(id) is null
                ? null
                : id
            : rollbacks.Cards.List().FirstOrDefault(c => c.Release.Name == release)?.Release;

    private async Task<ReleaseId> NeedAsync(string release, CancellationToken cancellationToken) =>
        ReleaseId.TryRead(release)
        ?? (ReleaseId.IsName(release) ? (await book.ListAsync(release, cancellationToken)).MaxBy(c => c.State.StartedAt)?.State.Release : null)
        ?? throw Unknown(release);

    private static AssayException Unknown(string release) =>
        AssayException.Usage($"There is no canary of '{FlagName.Shown(release)}'.", "`assay canary status` lists all; `assay canary start` begins one.");

    private static string Known(string name) =>
        ReleaseId.IsName(name) ? name : throw AssayException.Usage($"'{FlagName.Shown(name)}' cannot be a release's name.", ReleaseId.NameFix);

    private async Task<CanaryStatus> InTurnAsync(Func<Task<CanaryStatus>> work, CancellationToken cancellationToken)
    {
        if (!await turn.WaitAsync(LongestTurn, cancellationToken))
        {
            throw AssayException.Infrastructure(
                "Another canary is looked at for more than two minutes.",
                "Check its metrics' server; a rollback does not wait."
            );
        }

        try
        {
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }
}
