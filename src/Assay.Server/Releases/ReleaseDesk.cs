using Assay.Experimentation.Reports;
using Assay.Releases.Approvals;
using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Releases.Rehearsals;

namespace Assay.Server.Releases;

/// <summary>
/// Where releases are decided and written down: at the hub, and in a command that opens the store itself. Without a ledger decisions are made and not kept, and nobody can have approved.
/// </summary>
/// <param name="catalog">The folder of the catalog.</param>
/// <param name="evidence">Where evidence comes from.</param>
/// <param name="ledger">The ledger; null when there is none.</param>
/// <param name="time">The clock.</param>
internal sealed class ReleaseDesk(string catalog, IEvidenceSource evidence, StoredLedger? ledger, TimeProvider time)
{
    // The newest approvals of a release that are looked at; a person approves once or twice.
    private const int MostApprovals = 1_000;

    /// <summary>The folder of the catalog.</summary>
    public string Catalog => catalog;

    /// <summary>All releases of the catalog, and those that only the ledger knows.</summary>
    public async Task<ReleaseList> ListAsync(CancellationToken cancellationToken)
    {
        var (files, fault) = Files();
        var known = ledger is null ? [] : await ledger.ReleasesAsync(cancellationToken);
        var ids = known.Select(ReleaseId.TryRead).OfType<ReleaseId>().ToLookup(id => id.Name, StringComparer.Ordinal);
        var listed = new List<ListedRelease>();
        foreach (var file in files)
        {
            listed.Add(ListedRelease.Of(file.Name, file, await StatesAsync(ids[file.Name], cancellationToken)));
        }

        foreach (var gone in ids.Where(group => files.All(f => f.Name != group.Key)))
        {
            listed.Add(ListedRelease.Of(gone.Key, file: null, await StatesAsync(gone, cancellationToken)));
        }

        return new ReleaseList([.. listed.OrderBy(r => r.Name, StringComparer.Ordinal)], fault);
    }

    /// <summary>Decides a gate, and writes evidence and decision into the ledger.</summary>
    /// <param name="name">The release's name.</param>
    /// <param name="request">Candidate, file and evidence.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work; what was written stays.</param>
    /// <exception cref="AssayException">The file or a need is wrong, or the version is another candidate's already (exit code 2).</exception>
    public async Task<GateAnswer> GateAsync(string name, GateRequest request, string actor, CancellationToken cancellationToken)
    {
        var file = FileOf(name, request);
        var candidate = new GateCandidate(file, request.Id(file.Name), request.Commit.ToLowerInvariant(), Benchmarks(file, request));
        var given = Bounded(request.Given ?? []);
        var found = new List<NeededEvidence>();
        foreach (var need in file.Gate.Evidence)
        {
            found.Add(
                given.Find(g => g.Title == need.Title) is { } its
                    ? Demanding(its, need, candidate)
                    : await evidence.FindAsync(need, candidate, cancellationToken)
            );
        }

        await OpenAsync(candidate, actor, cancellationToken);
        var decision = ReleaseGate.Decide(candidate, found, await ApprovedAsync(candidate, cancellationToken), time.GetUtcNow());
        return await WriteAsync(candidate, found, decision, actor, cancellationToken);
    }

    /// <summary>Writes evidence of a release into the ledger; a piece that is there already is not written again.</summary>
    /// <returns>The links, in the order of the pieces.</returns>
    /// <exception cref="AssayException">There are none or too many (exit code 2).</exception>
    public async Task<IReadOnlyList<LedgerLink>> RecordAsync(
        ReleaseId release,
        IReadOnlyList<Evidence> pieces,
        string actor,
        CancellationToken cancellationToken
    )
    {
        if (pieces.Count is 0 or > NeededEvidence.MostPieces)
        {
            throw AssayException.Usage($"{pieces.Count} pieces of evidence.", $"Send 1 to {NeededEvidence.MostPieces} at once.");
        }

        var links = new List<LedgerLink>();
        foreach (var piece in pieces.Select(EvidenceReading.Whole))
        {
            links.Add(
                await Need()
                    .AppendAsync(Entry(release, LedgerKind.Evidence, $"evidence/{EvidenceHash.Of(piece)}", actor, Bytes(piece.ToJson())), cancellationToken)
            );
        }

        return links;
    }

    /// <summary>Writes down that a version was deployed; told twice it is told once.</summary>
    /// <exception cref="AssayException">A part of it breaks its bound (exit code 2).</exception>
    public Task<LedgerLink> DeployedAsync(ReleaseId release, Deployment deployment, string actor, CancellationToken cancellationToken) =>
        Need().AppendAsync(deployment.ToEntry(release, actor, time.GetUtcNow()), cancellationToken);

    /// <summary>Writes rehearsals of the rollback of a release into the ledger; one that is there already is not written again.</summary>
    /// <returns>The links, in the order of the rehearsals.</returns>
    /// <exception cref="AssayException">There are none or too many, or one is none (exit code 2).</exception>
    public async Task<IReadOnlyList<LedgerLink>> RehearsedAsync(
        ReleaseId release,
        IReadOnlyList<RehearsalNote> rehearsals,
        string actor,
        CancellationToken cancellationToken
    )
    {
        if (rehearsals is not { Count: > 0 and <= RehearsalNote.MostAtOnce } || rehearsals.Contains(null!))
        {
            throw AssayException.Usage($"{rehearsals?.Count ?? 0} rehearsals.", $"Send 1 to {RehearsalNote.MostAtOnce} at once.");
        }

        // All or none: whatever is wrong with one is told before the first is written.
        var links = new List<LedgerLink>();
        foreach (var entry in rehearsals.Select(r => r.Entry(release, actor)).ToList())
        {
            links.Add(await Need().AppendAsync(entry, cancellationToken));
        }

        return links;
    }

    /// <summary>What an approval of a release must be made for: what its newest gate was decided about.</summary>
    /// <exception cref="AssayException">No gate was decided yet (exit code 2).</exception>
    public async Task<ApprovalSubject> SubjectAsync(ReleaseId release, string scope, CancellationToken cancellationToken)
    {
        var gates = await Need().LatestAsync(release.ToString(), [LedgerKind.Gate], 1, cancellationToken);
        return gates.Select(GateDecision.Of).LastOrDefault() is { } gate
            ? new ApprovalSubject(release, gate.Commit, gate.FileHash, scope)
            : throw AssayException.Usage(
                $"No gate of {release} was decided: there is nothing to approve.",
                $"Decide it first: assay release gate {release.Name} --version {release.Version}"
            );
    }

    /// <summary>Writes an approval into the ledger, if it counts.</summary>
    /// <exception cref="AssayException">It does not (exit code 2).</exception>
    public async Task<LedgerLink> ApproveAsync(Approval approval, string actor, CancellationToken cancellationToken)
    {
        approval.Check();
        var subject = await SubjectAsync(ReleaseId.Read(approval.Release), approval.Scope, cancellationToken);
        var problem = ApprovalCheck.Problem(approval, ApproverFile.Read(catalog), subject);
        if (problem is not null)
        {
            throw AssayException.Usage(
                $"The approval does not count: {problem}.",
                $"Who may approve what stands in {Path.Combine(catalog, ReleaseCatalog.Folder, ReleaseCatalog.Approvers)}; sign with `assay release approve`."
            );
        }

        var key = $"approval/{approval.Scope}/{approval.Name}/{LedgerHash.Of(Bytes(approval.Text()))}";
        return await Need()
            .AppendAsync(
                Entry(subject.Release, LedgerKind.Approval, key, $"{approval.Name} by {actor}", approval.ToJson()) with
                {
                    At = approval.At,
                },
                cancellationToken
            );
    }

    /// <summary>Whom the ledger knows to have approved, checked again.</summary>
    /// <param name="subject">What it must be for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<CheckedApproval>> ApprovalsAsync(ApprovalSubject subject, CancellationToken cancellationToken) =>
        ledger is null
            ? []
            : ApprovalCheck.Of(
                await ledger.LatestAsync(subject.Release.ToString(), [LedgerKind.Approval], MostApprovals, cancellationToken),
                ApproverFile.Read(catalog),
                subject
            );

    private ReleaseFile FileOf(string name, GateRequest request)
    {
        var file = request.File is { } text ? ReleaseCatalog.Parse(text, name) : ReleaseCatalog.Find(KnownName(name), catalog);
        return file.Name == name
            ? file
            : throw AssayException.Usage($"The file is of the release '{file.Name}', not of '{name}'.", "Send it to the address of its name.");
    }

    // What looks like a path would be read as one.
    private static string KnownName(string name) =>
        ReleaseId.IsName(name) && Path.GetExtension(name) is not (".yaml" or ".yml" or ".json")
            ? name
            : throw AssayException.Usage("That cannot be a release's name.", ReleaseId.NameFix);

    private IReadOnlyDictionary<string, BenchmarkSubject> Benchmarks(ReleaseFile file, GateRequest request) =>
        request.Benchmarks?.ToDictionary(b => b.Key, b => (b.Value ?? new BenchmarkSubject()).Whole(), StringComparer.Ordinal)
        ?? BenchmarkSubjects.Read(file, catalog);

    private static List<NeededEvidence> Bounded(IReadOnlyList<NeededEvidence> given) =>
        given.Sum(g => g?.Pieces?.Count ?? 0) <= NeededEvidence.MostPieces
            ? [.. given.Select(g => g?.Pieces is null || g.Title is null ? throw EvidenceReading.NotWhole() : g.Whole())]
            : throw AssayException.Usage(
                $"More than {NeededEvidence.MostPieces} pieces of evidence were handed in.",
                "Hand in the evidence of the gate's needs alone."
            );

    // What is handed in must prove as much as what the hub has itself.
    private static NeededEvidence Demanding(NeededEvidence given, NeedEntry need, GateCandidate candidate)
    {
        if (need.Experiment is { } experiment)
        {
            return given with { Deciding = [ExperimentEvidence.DecisionOf(experiment), ExperimentEvidence.HealthOf(experiment)] };
        }

        if (need.Canary is { } canary)
        {
            return given with { Deciding = [CanaryEvidence.MetricOf(canary)], MustNameCommit = true };
        }

        return need.Benchmark is { } benchmark && candidate.Benchmarks.GetValueOrDefault(benchmark) is { } subject
            ? given with
            {
                Deciding = subject.Gates,
                Expected = new Candidate { DatasetHash = subject.DatasetHash, Prompts = subject.TargetPrompt is { } prompt ? [prompt] : [] },
                MustNameCommit = true,
            }
            : given;
    }

    private (IReadOnlyList<ReleaseFile> Files, ReleaseFileFault? Fault) Files()
    {
        try
        {
            return (ReleaseCatalog.Read(catalog), null);
        }
        catch (AssayException e)
        {
            return ([], new ReleaseFileFault(e.Message, e.Fix));
        }
    }

    private async Task<IReadOnlyList<ReleaseState>> StatesAsync(IEnumerable<ReleaseId> ids, CancellationToken cancellationToken)
    {
        var states = new List<ReleaseState>();
        foreach (var id in ids.Take(ListedRelease.MostVersions))
        {
            var moved = await ledger!.LatestAsync(id.ToString(), ReleaseState.Moving, 1, cancellationToken);
            var gates = await ledger.LatestAsync(id.ToString(), [LedgerKind.Gate], 1, cancellationToken);
            var approvals = await ledger.LatestAsync(id.ToString(), [LedgerKind.Approval], MostApprovals, cancellationToken);
            states.AddRange(moved.Select(link => ReleaseState.Of(link, gates.Count > 0 ? gates[0] : null, approvals)));
        }

        return states;
    }

    private async Task OpenAsync(GateCandidate candidate, string actor, CancellationToken cancellationToken)
    {
        if (ledger is null)
        {
            return;
        }

        var opened = OpenedRelease.Of(candidate);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(opened, GateJson.Default.OpenedRelease);
        var link = await ledger.AppendAsync(Entry(candidate.Release, LedgerKind.Opened, "opened", actor, body), cancellationToken);
        if (OpenedRelease.Of(link) is { } there && there.Commit != opened.Commit)
        {
            throw AssayException.Usage(
                $"{candidate.Release} is commit {(there.Commit.Length == 0 ? "unknown" : there.Commit)} in the ledger, not {(opened.Commit.Length == 0 ? "one that nobody names" : opened.Commit)}.",
                "Another candidate needs another version: name it with --version."
            );
        }
    }

    private async Task<IReadOnlyList<CheckedApproval>> ApprovedAsync(GateCandidate candidate, CancellationToken cancellationToken) =>
        await ApprovalsAsync(new ApprovalSubject(candidate.Release, candidate.Commit, FileHashing.Of(candidate.File), ApprovalScope.Gate), cancellationToken);

    private async Task<GateAnswer> WriteAsync(
        GateCandidate candidate,
        List<NeededEvidence> found,
        GateDecision decision,
        string actor,
        CancellationToken cancellationToken
    )
    {
        if (ledger is null)
        {
            return new GateAnswer(decision, Link: null, Head: null);
        }

        var pieces = found.SelectMany(f => f.Pieces).Select(p => p.Evidence).ToList();
        if (pieces.Count > 0)
        {
            await RecordAsync(candidate.Release, pieces, actor, cancellationToken);
        }

        var key = $"gate/{LedgerLine.TimeOf(decision.At)}";
        var link = await ledger.AppendAsync(Entry(candidate.Release, LedgerKind.Gate, key, actor, decision.ToJson()), cancellationToken);
        return new GateAnswer(decision, link.Number, link.Hash);
    }

    private LedgerEntry Entry(ReleaseId release, LedgerKind kind, string key, string actor, byte[] body) =>
        new(release.ToString(), kind, key, actor, time.GetUtcNow(), body);

    private StoredLedger Need() =>
        ledger
        ?? throw AssayException.Infrastructure(
            "There is no ledger.",
            "Start a hub with `assay serve`, name its data folder with --data, or its address with --hub."
        );

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
