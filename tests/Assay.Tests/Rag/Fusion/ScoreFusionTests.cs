using Assay.Rag.Fusion;

namespace Assay.Tests.Rag.Fusion;

public sealed class ScoreFusionTests
{
    [Fact]
    public void The_order_of_chunks_does_not_matter()
    {
        var random = new Random(5);
        var sparse = Enumerable.Range(0, 300).Select(_ => random.NextSingle()).ToArray();
        var dense = Enumerable.Range(0, 300).Select(_ => random.NextSingle()).ToArray();
        foreach (var method in Enum.GetValues<FusionMethod>())
        {
            var fused = ScoreFusion.Fuse(sparse, dense, method);
            var reversed = ScoreFusion.Fuse([.. sparse.Reverse()], [.. dense.Reverse()], method);
            for (var i = 0; i < fused.Length; i++)
            {
                reversed[^(i + 1)].ShouldBe(fused[i], 1e-5f);
            }
        }
    }

    [Fact]
    public void One_leg_alone_keeps_its_order()
    {
        float[] scores = [3, 1, 2, 0];
        foreach (var method in Enum.GetValues<FusionMethod>())
        {
            TopK.Take(ScoreFusion.Fuse(scores, null, method), 4).Select(s => s.Chunk).ShouldBe([0, 2, 1, 3]);
            TopK.Take(ScoreFusion.Fuse(null, scores, method), 4).Select(s => s.Chunk).ShouldBe([0, 2, 1, 3]);
        }
    }

    [Fact]
    public void A_leg_that_tells_nothing_apart_changes_no_order() =>
        TopK.Take(ScoreFusion.Fuse([3, 1, 2, 0], [0.5f, 0.5f, 0.5f, 0.5f], FusionMethod.ZScore), 4).Select(s => s.Chunk).ShouldBe([0, 2, 1, 3]);

    [Fact]
    public void A_multiple_of_a_legs_scores_changes_nothing()
    {
        float[] sparse = [3, 1, 2, 0];
        float[] dense = [0, 0.5f, 0.4f, 0.1f];
        var once = ScoreFusion.Fuse(sparse, dense, FusionMethod.ZScore);
        var tenfold = ScoreFusion.Fuse([.. sparse.Select(s => s * 10)], dense, FusionMethod.ZScore);
        for (var i = 0; i < once.Length; i++)
        {
            tenfold[i].ShouldBe(once[i], 1e-5f);
        }
    }

    [Fact]
    public void An_empty_index_fuses_to_nothing() => ScoreFusion.Fuse([], [], FusionMethod.ZScore).ShouldBeEmpty();

    [Fact]
    public void The_inputs_stay_as_they_were()
    {
        float[] sparse = [3, 1];
        ScoreFusion.Fuse(sparse, [1, 2], FusionMethod.ZScore);
        sparse.ShouldBe([3, 1]);
    }
}
