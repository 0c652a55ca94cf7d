using Assay.Rag.Chunking;
using Assay.Rag.Fusion;
using Assay.Rag.Judgements;
using Assay.Rag.Terms;
using Assay.Tests.Rag.Reading;
using Assay.Tests.Rag.Terms;
using Assay.Tests.Tidy;

namespace Assay.Tests.Rag.Reranking;

public sealed class FeatureRerankerTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void No_candidate_is_lost_and_the_order_is_the_same_every_time(bool sparse, bool dense)
    {
        using var index = new BuiltIndex(RandomStreams.Of(21, chunks: 200), 1, sparse, dense);
        for (var seed = 0; seed < 30; seed++)
        {
            var request = index.Request(RandomStreams.Text(new Random(seed), seed % 9), 50);
            var reranked = index.Reranker.Rerank(request);
            reranked.Select(c => c.Chunk).Order().ShouldBe(request.Candidates.Select(c => c.Chunk).Order());
            reranked.ShouldBe(index.Reranker.Rerank(request));
            reranked.Zip(reranked.Skip(1)).ShouldAllBe(pair => pair.First.Score >= pair.Second.Score);
        }
    }

    [Fact]
    public void Several_threads_get_what_one_gets()
    {
        using var index = new BuiltIndex(RandomStreams.Of(22, chunks: 200));
        var requests = Enumerable.Range(0, 64).Select(seed => index.Request(RandomStreams.Text(new Random(seed), 6))).ToList();
        var alone = requests.ConvertAll(index.Reranker.Rerank);
        var together = new List<ScoredChunk>[requests.Count];
        Parallel.For(0, requests.Count, i => together[i] = index.Reranker.Rerank(requests[i]));
        together.Zip(alone).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
    }

    [Fact]
    public void Words_that_stand_together_beat_the_same_words_far_apart()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"filler{i}"));
        var collector = new TermCollector();
        collector.Add("", "", $"{filler} canary {filler} threshold {filler}");
        collector.Add("", "", $"{filler} {filler} canary threshold {filler}");
        using var index = new BuiltIndex(collector.Finish(), dense: false);
        index.Reranker.Rerank(index.Request("canary threshold"))[0].Chunk.ShouldBe(1);
    }

    [Fact]
    public void The_handbook_is_ordered_better_than_by_fusion_alone()
    {
        var documents = ReadingOf.Paths(Repository.FullPath("samples/handbook/docs")).Documents;
        var chunks = documents.SelectMany(new Chunker(new ChunkOptions()).Chunk).ToList();
        var collector = new TermCollector();
        chunks.ForEach(c => collector.Add(c.Title, c.HeadingPath, c.Text));
        using var index = new BuiltIndex(collector.Finish(), threads: 2);
        var qrels = Qrels.Read(Repository.FullPath("samples/handbook/qrels.tsv"));
        var queries = Query.ReadAll(Repository.FullPath("samples/handbook/queries.jsonl"));
        var fused = Score(queries, qrels, chunks, q => index.Request(q).Candidates);
        var reranked = Score(queries, qrels, chunks, q => index.Reranker.Rerank(index.Request(q)));
        TestContext.Current.TestOutputHelper?.WriteLine($"fused {fused:F4}, reranked {reranked:F4}");
        reranked.ShouldBeGreaterThan(fused);
    }

    private static double Score(IEnumerable<Query> queries, Qrels qrels, List<Chunk> chunks, Func<string, IEnumerable<ScoredChunk>> rank)
    {
        var judged = queries.Where(q => qrels.ByQuery.ContainsKey(q.Id));
        var metrics = judged.Select(q =>
            RankingMetrics.Of(rank(q.Text).Select(c => chunks[c.Chunk].DocumentId).Distinct(), qrels.ByQuery[q.Id], residual: false)
        );
        return RankingMetrics.Mean([.. metrics.OfType<RankingMetrics>()]).Ndcg10;
    }
}
