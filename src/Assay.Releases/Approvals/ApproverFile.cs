using Assay.Catalogs;
using Assay.Releases.Files;

namespace Assay.Releases.Approvals;

/// <summary>Who may approve what: <c>catalog/releases/approvers.yaml</c>. Whoever changes it in git changes that, and a reviewer sees it.</summary>
internal sealed class ApproverFile : CatalogEntry
{
    /// <summary>The people; may be empty.</summary>
    public List<ApproverEntry> Approvers { get; set; } = [];

    /// <summary>Those of a catalog; nobody when there is no file.</summary>
    /// <exception cref="AssayException">The file is wrong (exit code 2); the message names file and line.</exception>
    public static ApproverFile Read(string catalogFolder)
    {
        var path = Path.Combine(catalogFolder, ReleaseCatalog.Folder, ReleaseCatalog.Approvers);
        return File.Exists(path) ? Checked(CatalogFile.Read<ApproverFile>(path)) : new ApproverFile();
    }

    /// <summary>The same of a text.</summary>
    /// <exception cref="AssayException">It is wrong (exit code 2).</exception>
    public static ApproverFile Parse(string text, string path) => Checked(CatalogFile.Parse<ApproverFile>(text, path));

    private static ApproverFile Checked(IReadOnlyList<ApproverFile> found)
    {
        var file = found.Count == 0 ? new ApproverFile() : found[0];
        file.Approvers ??= [];
        file.Approvers.ForEach(a => (a ?? throw file.Place.Error("an approver is empty.", "Write name, key and may.")).Check());
        var twice = file.Approvers.GroupBy(a => a.Name).FirstOrDefault(g => g.Skip(1).Any());
        return twice is null ? file : throw twice.Last().Place.Error($"two approvers are called '{twice.Key}'.", "Give each person one name, and one entry.");
    }
}

/// <summary>One person.</summary>
internal sealed class ApproverEntry : CatalogEntry
{
    /// <summary>1 to 64 of <c>a-z 0-9 _ - .</c>, a letter first.</summary>
    public string Name { get; set; } = "";

    /// <summary>The public key, as <c>assay release key</c> prints it: P-256, SubjectPublicKeyInfo in base64.</summary>
    public string Key { get; set; } = "";

    /// <summary>What they may approve: <c>gate</c> (that traffic may move at all), <c>promote</c> (that all traffic may).</summary>
    public List<string> May { get; set; } = [];

    /// <summary>Of which releases, by name; <c>*</c> for all.</summary>
    public List<string> Releases { get; set; } = ["*"];

    /// <summary>Whether they may approve this.</summary>
    public bool Allows(string scope, string release) => May.Contains(scope) && (Releases.Contains("*") || Releases.Contains(release));

    internal void Check()
    {
        Demand(ReleaseId.IsName(Name), $"'{Name}' cannot be an approver's name.", ReleaseId.NameFix);
        Demand(ApprovalKey.IsPublic(Key), $"the key of '{Name}' is no public key.", "Write what `assay release key NAME` printed.");
        Demand(
            May is { Count: > 0 } && May.TrueForAll(ApprovalScope.IsOne),
            $"'{Name}' may approve [{string.Join(", ", May ?? [])}].",
            $"Write one or more of {ApprovalScope.All}."
        );
        Demand(
            Releases is { Count: > 0 } && Releases.TrueForAll(r => r == "*" || ReleaseId.IsName(r)),
            $"the releases of '{Name}' are not named right.",
            "Write names of releases, or \"*\"."
        );
    }

    private void Demand(bool holds, string problem, string fix)
    {
        if (!holds)
        {
            throw Place.Error(problem, fix);
        }
    }
}

/// <summary>What may be approved.</summary>
internal static class ApprovalScope
{
    /// <summary>That traffic may move at all.</summary>
    public const string Gate = "gate";

    /// <summary>That all traffic may move: the last step of a canary.</summary>
    public const string Promote = "promote";

    /// <summary>For errors.</summary>
    public const string All = "gate, promote";

    /// <summary>Whether this is one.</summary>
    public static bool IsOne(string? scope) => scope is Gate or Promote;
}
