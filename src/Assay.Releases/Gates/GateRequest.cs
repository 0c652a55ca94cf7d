using System.Text.Json.Serialization;
using Assay.Releases.Files;
using Assay.Releases.Ledger;

namespace Assay.Releases.Gates;

/// <summary>What a gate is asked with.</summary>
/// <param name="Version">The candidate's version; the first twelve digits of the commit when left out.</param>
/// <param name="Commit">The candidate's commit: 7 to 64 hexadecimal digits; empty when nobody names one.</param>
/// <param name="File">The release file's text; the catalog's when left out.</param>
/// <param name="Benchmarks">What benchmarks measure, by name, as the catalog beside that file says it; the hub's own catalog when left out.</param>
/// <param name="Given">Evidence that is handed in; it stands in the place of what the hub has for that need.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GateRequest(
    string Version = "",
    string Commit = "",
    string? File = null,
    IReadOnlyDictionary<string, BenchmarkSubject>? Benchmarks = null,
    IReadOnlyList<NeededEvidence>? Given = null
)
{
    /// <summary>The id of the candidate.</summary>
    /// <param name="name">The release's name.</param>
    /// <exception cref="AssayException">Neither version nor commit is named, or one cannot be used (exit code 2).</exception>
    public ReleaseId Id(string name)
    {
        if (Commit.Length > 0 && !(Commit.Length is >= 7 and <= 64 && Commit.All(char.IsAsciiHexDigit)))
        {
            throw AssayException.Usage($"'{string.Concat(Commit.Take(80).Where(c => !char.IsControl(c)))}' is no commit.", "Give 7 to 64 hexadecimal digits.");
        }

        return Version.Length == 0 && Commit.Length == 0
            ? throw AssayException.Usage("Nobody says which candidate is to go out.", "Name its version with --version 1.9.0 or its commit with --commit.")
            : ReleaseId.Of(name, Version.Length > 0 ? Version : Commit[..Math.Min(12, Commit.Length)]);
    }
}

/// <summary>Evidence that somebody hands in for the ledger.</summary>
/// <param name="Evidence">1 to 500 pieces.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EvidenceHandIn(IReadOnlyList<Evidence> Evidence);

/// <summary>The body of a link of the kind <c>opened</c>: what went into the release, as it was when it was first asked about.</summary>
/// <param name="Release">The release's id.</param>
/// <param name="Commit">The candidate's commit; empty when nobody named one.</param>
/// <param name="Service">The service.</param>
/// <param name="FileHash">The hash of the release file.</param>
/// <param name="File">The release file.</param>
/// <param name="Datasets">Hashes of the datasets, by benchmark.</param>
/// <param name="Prompts">Hashes of the prompts that benchmarks ask with, by <c>name@version</c>.</param>
internal sealed record OpenedRelease(
    string Release,
    string Commit,
    string Service,
    string FileHash,
    ReleaseFile File,
    IReadOnlyDictionary<string, string> Datasets,
    IReadOnlyDictionary<string, string> Prompts
)
{
    /// <summary>The shape of the JSON.</summary>
    public string Schema { get; init; } = "assay.release/1";

    /// <summary>What a candidate is.</summary>
    public static OpenedRelease Of(GateCandidate candidate) =>
        new(
            candidate.Release.ToString(),
            candidate.Commit,
            candidate.File.Service,
            FileHashing.Of(candidate.File),
            candidate.File,
            candidate.Benchmarks.ToDictionary(b => b.Key, b => b.Value.DatasetHash, StringComparer.Ordinal),
            candidate
                .Benchmarks.Values.Where(b => b.TargetPrompt is not null)
                .DistinctBy(b => b.TargetPrompt)
                .ToDictionary(b => b.TargetPrompt!, b => b.Prompts.GetValueOrDefault(b.TargetPrompt!, ""), StringComparer.Ordinal)
        );

    /// <summary>The release of a link; null when the link holds none that can be read.</summary>
    public static OpenedRelease? Of(LedgerLink link)
    {
        try
        {
            return link.Entry is { Kind: LedgerKind.Opened, Body.IsEmpty: false }
                ? System.Text.Json.JsonSerializer.Deserialize(link.Entry.Body.Span, GateJson.Default.OpenedRelease)
                : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}

/// <summary>Hashes release files by what they say: comments and the order of keys change nothing.</summary>
internal static class FileHashing
{
    /// <summary>The hash, 64 hexadecimal digits.</summary>
    public static string Of(ReleaseFile file) => LedgerHash.Of(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(file, ReleaseFileJson.Default.ReleaseFile));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReleaseFile))]
internal sealed partial class ReleaseFileJson : JsonSerializerContext;
