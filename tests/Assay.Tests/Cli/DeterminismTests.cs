using Assay.Rag.Storage;

namespace Assay.Tests.Cli;

/// <summary>Same documents, seed and version: the same bytes, whatever the number of threads, the folder or the day.</summary>
public sealed class DeterminismTests
{
    private static readonly string[] Different = ["processing_summary.json", ".lock"];
    private static readonly string[] DifferentFolders = ["traces", "logs"];

    [Fact]
    public async Task Threads_and_folders_change_no_byte_and_the_seed_changes_the_dense_index()
    {
        using var here = new CliPlace();
        using var elsewhere = new CliPlace();
        var one = await HashesAsync(here, "out", "--threads", "1");
        var two = await HashesAsync(elsewhere, "some/deeper/place", "--threads", "2");
        var seeded = await HashesAsync(elsewhere, "seeded", "--threads", "2", "--seed", "43");

        one.Keys.ShouldContain("run.trec");
        one.Keys.ShouldContain("index/dense.idx");
        one.Keys.ShouldContain("exports/vectors.npy");
        one.Count.ShouldBeGreaterThan(11);
        two.ShouldBe(one);

        seeded["index/dense.idx"].ShouldNotBe(one["index/dense.idx"]);
        seeded["index/sparse.idx"].ShouldBe(one["index/sparse.idx"]);
        seeded["index/chunks.idx"].ShouldBe(one["index/chunks.idx"]);
    }

    private static async Task<SortedDictionary<string, string>> HashesAsync(CliPlace place, string output, params string[] options)
    {
        place.Write("corpus/generated.jsonl", GeneratedCorpus.Lines(500, seed: 11));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(CliPlace.Handbook, "docs"), "*.*", SearchOption.AllDirectories))
        {
            place.Write(Path.Combine("corpus", Path.GetRelativePath(CliPlace.Handbook, file)), await File.ReadAllTextAsync(file));
        }

        var queries = Path.Combine(CliPlace.Handbook, "queries.jsonl");
        (await place.RunAsync(["rag", "run", "corpus", "--queries", queries, "--out", output, .. options])).ShouldPass();
        var root = place[output];
        return new SortedDictionary<string, string>(
            Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
                .Where(f => !Different.Contains(f) && !DifferentFolders.Contains(f.Split('/')[0]))
                .ToDictionary(f => f, f => IndexFolder.HashOf(Path.Combine(root, f))),
            StringComparer.Ordinal
        );
    }
}
