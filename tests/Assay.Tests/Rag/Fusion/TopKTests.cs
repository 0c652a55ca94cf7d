using Assay.Rag.Fusion;

namespace Assay.Tests.Rag.Fusion;

public sealed class TopKTests
{
    [Fact]
    public void The_best_are_those_of_a_full_sort()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var scores = Enumerable.Range(0, random.Next(400)).Select(_ => (float)random.Next(-20, 20)).ToArray();
            var k = random.Next(50);
            var expected = scores.Select((score, chunk) => new ScoredChunk(chunk, score)).OrderByDescending(s => s.Score).ThenBy(s => s.Chunk).Take(k);
            TopK.Take(scores, k).ShouldBe(expected);
        }
    }

    [Fact]
    public void Accumulators_give_their_positive_best_and_are_zero_afterwards()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sums = Enumerable.Range(0, random.Next(400)).Select(_ => Math.Max(0, random.Next(-20, 20))).ToArray();
            var expected = sums.Select((sum, chunk) => new ScoredChunk(chunk, sum * 0.5))
                .Where(s => s.Score > 0)
                .OrderByDescending(s => s.Score)
                .ThenBy(s => s.Chunk)
                .Take(10)
                .ToList();
            TopK.TakeAndClear(sums, 10, 0.5).ShouldBe(expected);
            sums.ShouldAllBe(sum => sum == 0);
        }
    }
}
