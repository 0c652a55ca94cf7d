using Assay.Rag.Chunking;
using Assay.Rag.Storage;
using Assay.Tests.Rag.Reading;

namespace Assay.Tests.Rag.Storage;

public sealed class ChunkStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void More_text_than_a_file_holds_is_refused_with_the_way_out()
    {
        // Two bytes a letter: the limit is one of bytes.
        Chunk[] chunks = [Of("one", new string('я', 50)), Of("two", new string('я', 50))];
        var bytes = 2 * (3 + 3 + 100);
        ChunkStore.Write(folder["whole"], chunks, bytes);

        var refused = Should.Throw<AssayException>(() => ChunkStore.Write(folder["c"], chunks, bytes - 1));
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Message.ShouldContain($"{bytes} bytes");
        refused.Fix.ShouldContain("Split the corpus");
        File.Exists(folder["c"]).ShouldBeFalse();
    }

    private static Chunk Of(string id, string text) => new(id, id, "", "", text, 0, text.Length, 1, 0);
}
