using Assay.Rag.Terms;
using Assay.Tests.Rag.Reranking;
using Assay.Tests.Rag.Terms;

namespace Assay.Tests.Rag.Sparse;

public sealed class SparseIndexTests
{
    [Fact]
    public void Postings_are_the_chunks_that_have_the_term()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            using var index = new BuiltIndex(RandomStreams.Of(seed), dense: false);
            for (var term = 0; term < index.Streams.Terms.Length; term++)
            {
                var chunks = new List<int>();
                index.Sparse!.ForEachPosting(
                    term,
                    (chunk, impact) =>
                    {
                        impact.ShouldBeGreaterThan((byte)0);
                        chunks.Add(chunk);
                    }
                );
                chunks.ShouldBe(Enumerable.Range(0, index.Streams.ChunkCount).Where(c => index.Streams.All(c).Contains(term)));
                index.Sparse.DocumentFrequency(term).ShouldBe(chunks.Count);
            }
        }
    }

    [Fact]
    public void Scores_are_those_of_BM25F_within_the_precision_of_one_byte()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            using var index = new BuiltIndex(RandomStreams.Of(seed, chunks: 150), dense: false);
            var query = QueryTerms.Parse(RandomStreams.Text(new Random(seed), 12), index.Terms);
            var scores = index.SparseScores(query);
            for (var chunk = 0; chunk < scores.Length; chunk++)
            {
                // Half a step of 1/255 a term, and a hundredth of that for rounding.
                var tolerance = query.Terms.Select((term, i) => query.Counts[i] * index.Sparse!.Idf(term)).Sum() * 2.2 * 1.01 / 510;
                ((double)scores[chunk]).ShouldBe(Bm25F(index.Streams, query, chunk), tolerance);
            }
        }
    }

    // By the book (Robertson, Zaragoza 2009, section 3.6), in doubles, with nothing of the index.
    private static double Bm25F(TermStreams streams, QueryTerms query, int chunk)
    {
        var titleAverage = streams.TitleLengths.Average();
        var bodyAverage = (double)streams.Tokens.Length / streams.ChunkCount - titleAverage;
        var score = 0.0;
        for (var i = 0; i < query.Terms.Length; i++)
        {
            var having = Enumerable.Range(0, streams.ChunkCount).Count(c => streams.All(c).Contains(query.Terms[i]));
            var idf = Math.Log(1 + ((streams.ChunkCount - having + 0.5) / (having + 0.5)));
            var title = streams.Title(chunk).Count(query.Terms[i]) / (0.25 + (0.75 * streams.Title(chunk).Length / titleAverage));
            var body = streams.Body(chunk).Count(query.Terms[i]) / (0.25 + (0.75 * streams.Body(chunk).Length / bodyAverage));
            var frequency = (2.5 * title) + body;
            score += query.Counts[i] * idf * 2.2 * frequency / (1.2 + frequency);
        }

        return score;
    }
}
