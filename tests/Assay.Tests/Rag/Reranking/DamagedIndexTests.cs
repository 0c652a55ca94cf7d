using Assay.Rag.Dense;
using Assay.Rag.Reranking;
using Assay.Rag.Sparse;
using Assay.Rag.Terms;
using Assay.Tests.Rag.Reading;
using Assay.Tests.Rag.Terms;

namespace Assay.Tests.Rag.Reranking;

public sealed class DamagedIndexTests
{
    public static TheoryData<string> Files => [Lexicon.FileName, ForwardIndex.FileName, SparseIndex.FileName, DenseIndex.FileName, NeighbourGraph.FileName];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_truncated_changed_foreign_or_missing_file_is_refused_with_its_name(string file)
    {
        using var index = new BuiltIndex(RandomStreams.Of(31));
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(index[file]);
        Refused(file, folder.Write("cut", whole.AsSpan(0, whole.Length / 2)));
        Refused(file, folder.Write("stub", whole.AsSpan(0, 10)));
        Refused(file, folder.Write("foreign", "not an index at all, but long enough to hold the header of one, which it is not"u8));
        Refused(file, index[file == Lexicon.FileName ? SparseIndex.FileName : Lexicon.FileName]);
        Refused(file, folder["missing"]);
        whole[^70] ^= 1;
        Refused(file, folder.Write("changed", whole));
    }

    private static void Refused(string file, string path)
    {
        var problem = Should.Throw<AssayException>(() => Open(file, path).Dispose());
        problem.ExitCode.ShouldBe(ExitCode.WrongUsage);
        problem.Message.ShouldContain(path);
    }

    private static IDisposable Open(string file, string path) =>
        file switch
        {
            Lexicon.FileName => Lexicon.Open(path),
            ForwardIndex.FileName => ForwardIndex.Open(path),
            SparseIndex.FileName => SparseIndex.Open(path),
            DenseIndex.FileName => DenseIndex.Open(path),
            _ => NeighbourGraph.Open(path),
        };
}
