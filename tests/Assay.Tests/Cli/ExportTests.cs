using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Assay.Tests.Observability;

namespace Assay.Tests.Cli;

/// <summary>The exports as another program reads them.</summary>
[Collection(AloneInProcess.Name)]
public sealed partial class ExportTests
{
    [Fact]
    public async Task Exports_agree_with_each_other_and_with_their_manifest()
    {
        using var place = new CliPlace();
        (await place.CallAsync("rag", "run", place.WriteSmallCorpus(), "--out", place["out"])).ShouldPass();

        var chunks = Lines(place, "chunks.jsonl").Select(CliPlace.Json).ToList();
        chunks.ShouldNotBeEmpty();
        var ids = chunks.Select(c => c.GetProperty("id").GetString()).ToList();
        ids.ShouldBeUnique();
        foreach (var chunk in chunks)
        {
            var source = await File.ReadAllTextAsync(place[$"docs/{chunk.GetProperty("document_id")}"], TestContext.Current.CancellationToken);
            source.Substring(chunk.GetProperty("start").GetInt32(), chunk.GetProperty("length").GetInt32()).ShouldBe(chunk.GetProperty("text").GetString());
        }

        VectorsAreUnitRows(File.ReadAllBytes(place["out/exports/vectors.npy"]), chunks.Count);
        var sparse = Lines(place, "sparse_vectors.jsonl").Select(CliPlace.Json).ToList();
        sparse.Select(s => s.GetProperty("id").GetString()).ShouldBe(ids);
        var terms = Lines(place, "terms.tsv").Skip(1).Select(l => l.Split('\t')).ToDictionary(l => l[0], l => int.Parse(l[1], CultureInfo.InvariantCulture));
        var vectors = sparse.ConvertAll(s => s.GetProperty("vector").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble()));
        vectors.SelectMany(v => v.Values).ShouldAllBe(impact => impact >= 0 && impact <= 1);
        vectors.SelectMany(v => v.Keys).CountBy(t => t).ToDictionary().ShouldBe(terms, ignoreOrder: true);

        var manifest = CliPlace.Json(await File.ReadAllTextAsync(place["out/exports/manifest.json"], TestContext.Current.CancellationToken));
        foreach (var file in manifest.GetProperty("files").EnumerateObject())
        {
            var bytes = await File.ReadAllBytesAsync(place[$"out/exports/{file.Name}"], TestContext.Current.CancellationToken);
            file.Value.GetProperty("bytes").GetInt64().ShouldBe(bytes.Length);
            file.Value.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
    }

    [Fact]
    public async Task Nothing_of_an_earlier_run_outlives_the_next()
    {
        using var place = new CliPlace();
        var corpus = place.WriteSmallCorpus();
        (await place.CallAsync("rag", "run", corpus, "--queries", place.WriteQueries(), "--out", place["out"])).ShouldPass();
        File.Exists(place["out/run.trec"]).ShouldBeTrue();
        (await place.CallAsync("rag", "run", corpus, "--disable-dense", "--out", place["out"])).ShouldPass();
        File.Exists(place["out/run.trec"]).ShouldBeFalse();
        Files(place).ShouldBe(["chunks.jsonl", "manifest.json", "sparse_vectors.jsonl", "terms.tsv"]);
        (await place.CallAsync("rag", "run", corpus, "--disable-sparse", "--out", place["out"])).ShouldPass();
        Files(place).ShouldBe(["chunks.jsonl", "manifest.json", "vectors.npy"]);
    }

    private static IEnumerable<string?> Files(CliPlace place) => Directory.EnumerateFiles(place["out/exports"]).Select(Path.GetFileName).Order();

    private static IEnumerable<string> Lines(CliPlace place, string name) => File.ReadLines(place[$"out/exports/{name}"]);

    private static void VectorsAreUnitRows(byte[] npy, int rows)
    {
        npy[1..6].ShouldBe("NUMPY"u8.ToArray());
        var header = npy[8] + (npy[9] << 8);
        ((10 + header) % 64).ShouldBe(0);
        var shape = Shape().Match(Encoding.ASCII.GetString(npy, 10, header));
        int.Parse(shape.Groups["rows"].ValueSpan, CultureInfo.InvariantCulture).ShouldBe(rows);
        var columns = int.Parse(shape.Groups["columns"].ValueSpan, CultureInfo.InvariantCulture);
        npy.Length.ShouldBe(10 + header + (rows * columns * sizeof(float)));
        for (var row = 0; row < rows; row++)
        {
            var squares = 0.0;
            for (var column = 0; column < columns; column++)
            {
                squares += Math.Pow(BitConverter.ToSingle(npy, 10 + header + (((row * columns) + column) * sizeof(float))), 2);
            }

            squares.ShouldBe(1, 1e-3);
        }
    }

    [GeneratedRegex(@"'descr': '<f4', 'fortran_order': False, 'shape': \((?<rows>\d+), (?<columns>\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
