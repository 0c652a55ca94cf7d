using Assay.Rag.Chunking;
using Assay.Rag.Retrieving;
using Assay.Rag.Sparse;
using Assay.Rag.Storage;
using Assay.Rag.Terms;
using Assay.Tests.Rag.Reading;
using Assay.Tests.Rag.Terms;

namespace Assay.Tests.Rag.Storage;

public sealed class MixedIndexTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(SparseIndex.FileName)]
    [InlineData(ForwardIndex.FileName)]
    [InlineData(ChunkStore.FileName)]
    [InlineData(Lexicon.FileName)]
    public async Task Parts_of_two_indexes_are_refused(string file)
    {
        await BuildAsync("small", chunks: 20);
        await BuildAsync("large", chunks: 60);
        RagIndex.Open(folder["small"]).Dispose();
        File.Copy(Path.Combine(folder["large"], file), Path.Combine(folder["small"], file), overwrite: true);

        var refused = Should.Throw<AssayException>(() => RagIndex.Open(folder["small"]).Dispose());
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Message.ShouldContain("mixed of two");
    }

    [Fact]
    public async Task An_index_that_is_replaced_while_it_is_opened_is_whole_or_refused()
    {
        await BuildAsync("index", chunks: 20);
        var replacing = Task.Run(
            async () =>
            {
                for (var round = 0; round < 40; round++)
                {
                    await BuildAsync("index", chunks: 40 - (20 * (round % 2)), seed: round);
                }
            },
            TestContext.Current.CancellationToken
        );
        while (!replacing.IsCompleted)
        {
            Look();
        }

        await replacing;
        RagIndex.Open(folder["index"]).Dispose();
    }

    private void Look()
    {
        try
        {
            using var index = RagIndex.Open(folder["index"]);
            int[] counts = [index.Forward.ChunkCount, index.Sparse!.ChunkCount, index.Manifest.Chunks];
            counts.ShouldAllBe(count => count == index.Chunks.Count);
            index.Sparse.TermCount.ShouldBe(index.Lexicon.Count);
        }
        catch (AssayException e)
        {
            e.Message.ShouldNotContain("mixed of two");
        }
    }

    private Task<IndexManifest> BuildAsync(string name, int chunks, int seed = 1) =>
        IndexFolder.ReplaceAsync(
            folder[name],
            aside =>
            {
                var streams = RandomStreams.Of(seed, chunks);
                ChunkStore.Write(Path.Combine(aside, ChunkStore.FileName), [.. Enumerable.Range(0, chunks).Select(i => Of($"c{i}"))]);
                Lexicon.Write(Path.Combine(aside, Lexicon.FileName), streams.Terms);
                ForwardIndex.Write(Path.Combine(aside, ForwardIndex.FileName), streams);
                SparseIndexWriter.Write(Path.Combine(aside, SparseIndex.FileName), streams);
                return Task.FromResult(
                    new IndexManifest(IndexFile.FormatVersion, "0.0.0", 1, chunks, new Dictionary<string, string>(), [], new Dictionary<string, string>())
                );
            }
        );

    private static Chunk Of(string id) => new(id, id, "", "", "words", 0, 5, 1, 0);
}
