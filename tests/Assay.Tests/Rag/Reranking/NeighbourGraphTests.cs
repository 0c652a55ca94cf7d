using Assay.Rag.Reranking;
using Assay.Tests.Rag.Terms;

namespace Assay.Tests.Rag.Reranking;

public sealed class NeighbourGraphTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_file_is_the_same_for_any_number_of_threads(bool sparse, bool dense)
    {
        var streams = RandomStreams.Of(11, chunks: 300);
        using var one = new BuiltIndex(streams, 1, sparse, dense);
        using var two = new BuiltIndex(streams, 2, sparse, dense);
        File.ReadAllBytes(two[NeighbourGraph.FileName]).ShouldBe(File.ReadAllBytes(one[NeighbourGraph.FileName]));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Neighbours_are_others_and_their_weights_add_up_to_one(bool sparse, bool dense)
    {
        using var index = new BuiltIndex(RandomStreams.Of(12, chunks: 300), 1, sparse, dense);
        var connected = 0;
        for (var chunk = 0; chunk < index.Graph.ChunkCount; chunk++)
        {
            var count = index.Graph.Of(chunk).Count(NeighbourGraph.None);
            var neighbours = index.Graph.Of(chunk)[..(NeighbourGraph.Degree - count)].ToArray();
            neighbours.ShouldNotContain(chunk);
            neighbours.ShouldBeUnique();
            if (neighbours.Length > 0)
            {
                connected++;
                index.Graph.WeightsOf(chunk).ToArray().Sum().ShouldBe(1, 1e-4f);
            }
        }

        connected.ShouldBeGreaterThan(250);
    }

    [Fact]
    public void A_large_collection_is_searched_by_cells_and_keeps_most_of_the_exact_neighbours()
    {
        using var index = new BuiltIndex(RandomStreams.Of(13, chunks: 2_500), 2, sparse: false);
        var dense = index.Dense.ShouldNotBeNull();
        int found = 0,
            wanted = 0;
        for (var chunk = 0; chunk < 2_500; chunk += 50)
        {
            var scores = new float[dense.ChunkCount];
            dense.Score(dense.Vector(chunk), scores);
            scores[chunk] = -2;
            var exact = Assay.Rag.Fusion.TopK.Take(scores, 3).Select(s => s.Chunk).ToList();
            wanted += exact.Count;
            found += exact.Count(c => index.Graph.Of(chunk).Contains(c));
        }

        ((double)found / wanted).ShouldBeGreaterThan(0.5);
    }
}
