using System.Security.Cryptography;
using System.Text.Json;

namespace Assay.Evaluation.Datasets;

/// <summary>
/// A file of cases: JSON lines (<c>.jsonl</c>, <c>.jsonl.gz</c>) or CSV (<c>.csv</c>, <c>.csv.gz</c>). It is read as a stream, however large it is;
/// opening reads it once to check every line and to learn its <see cref="Identity"/>.
/// </summary>
public sealed class Dataset
{
    private readonly int most;

    private Dataset(string path, int most, DatasetIdentity identity) => (Path, this.most, Identity) = (path, most, identity);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Which cases it holds.</summary>
    public DatasetIdentity Identity { get; }

    /// <summary>Checks every case of a file, or the first ones alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostCases">Only so many from the beginning: a dataset of its own, with its own identity. Null for all.</param>
    /// <exception cref="AssayException">
    /// The file cannot be read, holds no case, has a line that is no case, or an id twice (exit code 2); the message names file and line.
    /// </exception>
    public static Dataset Open(string path, int? mostCases = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var seen = new SeenIds(path);
        var clusters = new HashSet<string>(StringComparer.Ordinal);
        var (alone, characters) = (0, 0L);
        foreach (var (found, line) in CaseReader.Read(path).Take(mostCases ?? int.MaxValue))
        {
            seen.Add(found.Id, line);
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(CaseLine.Of(found), CaseJson.Readable.CaseLine));
            hash.AppendData("\n"u8);
            characters += found.Input.Length + (found.Expected?.Length ?? 0) + found.Contexts.Sum(c => (long)c.Length);
            alone += found.Cluster is null ? 1 : 0;
            if (found.Cluster is { } cluster)
            {
                clusters.Add(cluster);
            }
        }

        return seen.Count > 0
            ? new Dataset(
                path,
                mostCases ?? int.MaxValue,
                new(NameOf(path), Convert.ToHexStringLower(hash.GetHashAndReset()), seen.Count, clusters.Count + alone, characters)
            )
            : throw AssayException.Usage($"'{path}' holds no case.", "Write one case a line: {\"id\": \"1\", \"input\": \"…\", \"expected\": \"…\"}.");
    }

    /// <summary>The cases in the order of the file.</summary>
    /// <exception cref="AssayException">The file changed since it was opened and is wrong now (exit code 2).</exception>
    public IEnumerable<Case> Read() => CaseReader.Read(Path).Take(most).Select(placed => placed.Case);

    private static string NameOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return name.IndexOf('.', 1) is var dot and > 0 ? name[..dot] : name;
    }
}
