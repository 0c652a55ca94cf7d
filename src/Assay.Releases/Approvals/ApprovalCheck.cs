using System.Text.Json.Serialization;
using Assay.Releases.Files;
using Assay.Releases.Ledger;

namespace Assay.Releases.Approvals;

/// <summary>What an approval must have been made for.</summary>
/// <param name="Release">The release.</param>
/// <param name="Commit">The candidate's commit.</param>
/// <param name="FileHash">The hash of the release file.</param>
/// <param name="Scope">What is approved.</param>
internal sealed record ApprovalSubject(ReleaseId Release, string Commit, string FileHash, string Scope);

/// <summary>An approval, and whether it counts.</summary>
/// <param name="Name">Who.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why they approved.</param>
/// <param name="Problem">Why it does not count; null when it does.</param>
internal sealed record CheckedApproval(string Name, DateTimeOffset At, string Reason, string? Problem = null)
{
    /// <summary>Whether it counts.</summary>
    [JsonIgnore]
    public bool Counts => Problem is null;
}

/// <summary>
/// Whether approvals count. The ledger is not believed: each signature is checked again, with the approvers as their file has them now, so that whoever was taken from it approves nothing more.
/// </summary>
internal static class ApprovalCheck
{
    /// <summary>Approvals of a scope among links of a release, each person and each key once, the latest that counts.</summary>
    public static IReadOnlyList<CheckedApproval> Of(IEnumerable<LedgerLink> links, ApproverFile approvers, ApprovalSubject subject)
    {
        var found = links.Select(Approval.Of).OfType<Approval>().Where(a => a.Scope == subject.Scope).OrderByDescending(a => a.At).ToList();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var counted = new List<CheckedApproval>();
        foreach (var byPerson in found.GroupBy(a => a.Name))
        {
            var all = byPerson.Select(a => new CheckedApproval(a.Name, a.At, a.Reason, Problem(a, approvers, subject))).ToList();
            var best = all.Find(a => a.Counts) ?? all[0];
            var key = Find(approvers, best.Name)?.Key ?? "";
            counted.Add(best.Counts && !keys.Add(key) ? best with { Problem = "somebody else approved with the same key" } : best);
        }

        return [.. counted.OrderBy(a => a.At)];
    }

    /// <summary>Why an approval does not count, as half a sentence; null when it does.</summary>
    public static string? Problem(Approval approval, ApproverFile approvers, ApprovalSubject subject) =>
        Find(approvers, approval.Name) is not { } person ? "nobody of this name is among the approvers"
        : !ApprovalKey.Signed(person.Key, approval.Text(), approval.Signature)
            ? "the signature is not that of this person over this text: it was forged, or changed afterwards"
        : approval.Release != subject.Release.ToString() ? $"it was signed for {approval.Release}"
        : approval.Scope != subject.Scope ? $"it was signed for '{approval.Scope}', not for '{subject.Scope}'"
        : !person.Allows(subject.Scope, subject.Release.Name)
            ? $"{person.Name} may approve {string.Join(", ", person.May)} of {string.Join(", ", person.Releases)}, not '{subject.Scope}' of {subject.Release.Name}"
        : approval.Commit != subject.Commit ? $"it was signed for {(approval.Commit.Length == 0 ? "no commit" : "commit " + approval.Commit)}"
        : approval.FileHash != subject.FileHash ? "it was signed for another state of the release file"
        : null;

    /// <summary>A person by name; null when they are not among the approvers.</summary>
    public static ApproverEntry? Find(ApproverFile approvers, string name) => approvers.Approvers.Find(a => a.Name == name);
}
