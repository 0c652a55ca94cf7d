using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Releases.Approvals;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Releases.Rehearsals;

namespace Assay.Server.Releases;

/// <summary>All releases.</summary>
/// <param name="Releases">By name.</param>
/// <param name="Fault">What is wrong with the files; then none of them are told.</param>
internal sealed record ReleaseList(IReadOnlyList<ListedRelease> Releases, ReleaseFileFault? Fault);

/// <summary>What is wrong with the release files.</summary>
/// <param name="Problem">What, with its place.</param>
/// <param name="Fix">What to do.</param>
internal sealed record ReleaseFileFault(string Problem, string Fix);

/// <summary>A release and its versions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What goes out and why.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Service">The service.</param>
/// <param name="Needs">The evidence that its gate asks for.</param>
/// <param name="Approvals">How many people must approve.</param>
/// <param name="Steps">Percent of traffic at each step of its canary; empty without one.</param>
/// <param name="Versions">Versions in the ledger, the one that began last first; at most <see cref="MostVersions"/>.</param>
internal sealed record ListedRelease(
    string Name,
    string Description,
    string Owner,
    string Service,
    IReadOnlyList<string> Needs,
    int Approvals,
    IReadOnlyList<decimal> Steps,
    IReadOnlyList<ReleaseState> Versions
)
{
    /// <summary>Versions of a release that a list tells.</summary>
    public const int MostVersions = 5;

    public static ListedRelease Of(string name, ReleaseFile? file, IReadOnlyList<ReleaseState> versions) =>
        new(
            name,
            file?.Description ?? "",
            file?.Owner ?? "",
            file?.Service ?? "",
            [.. (file?.Gate.Evidence ?? []).Select(n => n.Title)],
            file?.Gate.Approvals ?? 0,
            file?.Canary?.Steps ?? [],
            versions
        );
}

/// <summary>How a version stands in the ledger.</summary>
/// <param name="Release">Its id.</param>
/// <param name="State">What happened last that moves it: <c>opened</c>, <c>gate</c>, <c>canary_started</c>, <c>step</c>, <c>promoted</c>, <c>rolled_back</c>, <c>deployed</c>.</param>
/// <param name="At">When.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Gate">What its newest gate came to; null when none was decided.</param>
/// <param name="Reason">Why, in words; empty when nobody said it.</param>
/// <param name="Approved">Who approved, by name.</param>
internal sealed record ReleaseState(string Release, string State, DateTimeOffset At, string Actor, Verdict? Gate, string Reason, IReadOnlyList<string> Approved)
{
    /// <summary>What moves a release: evidence, looks, approvals and rehearsals do not.</summary>
    public static readonly IReadOnlyList<LedgerKind> Moving =
    [
        LedgerKind.Opened,
        LedgerKind.Gate,
        LedgerKind.CanaryStarted,
        LedgerKind.Step,
        LedgerKind.Promoted,
        LedgerKind.RolledBack,
        LedgerKind.Deployed,
    ];

    /// <summary>The state after a link.</summary>
    public static ReleaseState Of(LedgerLink moved, LedgerLink? gate, IReadOnlyList<LedgerLink> approvals) =>
        new(
            moved.Entry.Release,
            LedgerLine.NameOf(moved.Entry.Kind),
            moved.Entry.At,
            moved.Entry.Actor,
            gate is null ? null : GateDecision.Of(gate)?.Verdict,
            LedgerWords.Reason(moved),
            [.. approvals.Select(Approval.Of).OfType<Approval>().Select(a => a.Name).Distinct(StringComparer.Ordinal)]
        );
}

/// <summary>A gate's decision, and where the ledger has it.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Link">The number of its link; null when there is no ledger.</param>
/// <param name="Head">The hash of that link: the ledger's head as it was decided.</param>
internal sealed record GateAnswer(GateDecision Decision, long? Link, string? Head);

/// <summary>What an approval must be signed for.</summary>
/// <param name="Release">The release's id.</param>
/// <param name="Commit">The candidate's commit.</param>
/// <param name="FileHash">The hash of the release file.</param>
/// <param name="Scope">What is approved.</param>
internal sealed record ApprovalTarget(string Release, string Commit, string FileHash, string Scope)
{
    public static ApprovalTarget Of(ApprovalSubject subject) => new(subject.Release.ToString(), subject.Commit, subject.FileHash, subject.Scope);
}

/// <summary>A link of the ledger.</summary>
/// <param name="Number">Its number in the chain.</param>
/// <param name="Release">The release's id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">Who.</param>
/// <param name="At">When.</param>
/// <param name="Summary">What happened, in words.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Previous">The hash of the link before.</param>
/// <param name="Body">What it says; left out where an export left it out.</param>
internal sealed record LinkDocument(
    long Number,
    string Release,
    string Kind,
    string Actor,
    DateTimeOffset At,
    string Summary,
    string Hash,
    string Previous,
    JsonElement? Body
)
{
    public static LinkDocument Of(LedgerLink link) =>
        new(
            link.Number,
            link.Entry.Release,
            LedgerLine.NameOf(link.Entry.Kind),
            link.Entry.Actor,
            link.Entry.At,
            LedgerWords.Of(link),
            link.Hash,
            link.Previous,
            link.Entry.Body.IsEmpty ? null : JsonDocument.Parse(link.Entry.Body).RootElement
        );
}

/// <summary>Links of the ledger.</summary>
/// <param name="Links">In order.</param>
internal sealed record LinkList(IReadOnlyList<LinkDocument> Links)
{
    public static LinkList Of(IEnumerable<LedgerLink> links) => new([.. links.Select(LinkDocument.Of)]);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(VerdictName), typeof(SideName)]
)]
[JsonSerializable(typeof(ReleaseList))]
[JsonSerializable(typeof(LinkList))]
[JsonSerializable(typeof(LinkDocument))]
[JsonSerializable(typeof(GateAnswer))]
[JsonSerializable(typeof(GateRequest))]
[JsonSerializable(typeof(EvidenceHandIn))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(ApprovalTarget))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(RehearsalHandIn))]
internal sealed partial class ReleasesJson : JsonSerializerContext;
