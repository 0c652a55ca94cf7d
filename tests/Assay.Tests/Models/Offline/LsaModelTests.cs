using Assay.Models.Offline;
using Assay.Rag.Dense;
using Assay.Tests.Rag.Terms;

namespace Assay.Tests.Models.Offline;

public sealed class LsaModelTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(3_000)]
    public void The_model_is_the_same_for_any_number_of_threads(int chunks)
    {
        var counts = TermCounts.Of(RandomStreams.Of(3, chunks));
        var one = LsaModel.Learn(counts, 42, 1).ShouldNotBeNull();
        var two = LsaModel.Learn(counts, 42, 2).ShouldNotBeNull();
        two.TermVectors.SequenceEqual(one.TermVectors).ShouldBeTrue();
    }

    [Theory]
    [InlineData(40)]
    [InlineData(3_000)]
    public void Directions_of_the_space_are_orthonormal(int chunks)
    {
        var model = LsaModel.Learn(TermCounts.Of(RandomStreams.Of(3, chunks)), 42, 1).ShouldNotBeNull();
        model.Dimensions.ShouldBeGreaterThan(30);
        var terms = model.TermVectors.Length / model.Dimensions;
        for (var a = 0; a < model.Dimensions; a += 7)
        {
            for (var b = a; b < model.Dimensions; b += 5)
            {
                var dot = 0.0;
                for (var term = 0; term < terms; term++)
                {
                    dot += model.TermVectors[(term * model.Dimensions) + a] * model.TermVectors[(term * model.Dimensions) + b];
                }

                dot.ShouldBe(a == b ? 1 : 0, 1e-3);
            }
        }
    }

    [Fact]
    public void A_corpus_without_shared_words_has_no_model() => LsaModel.Learn(new SparseRows(2, [0, 1, 2], [0, 1], [1, 1]), 42, 1).ShouldBeNull();

    [Fact]
    public void A_basis_leaves_out_what_depends_on_the_rest()
    {
        var matrix = new DenseRows(50, 4);
        var random = new Random(1);
        for (var row = 0; row < 50; row++)
        {
            var (a, b) = (random.NextSingle(), random.NextSingle());
            (matrix.Row(row)[0], matrix.Row(row)[1], matrix.Row(row)[2], matrix.Row(row)[3]) = (a, 2 * a, b, random.NextSingle());
        }

        var basis = OrthonormalBasis.Of(matrix, 2, 1);
        basis.Columns.ShouldBe(3);
        var gram = basis.Gram(1);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                gram[i, j].ShouldBe(i == j ? 1 : 0, 1e-5);
            }
        }
    }
}
