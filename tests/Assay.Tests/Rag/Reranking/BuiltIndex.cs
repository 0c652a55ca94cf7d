using Assay.Models.Offline;
using Assay.Rag.Dense;
using Assay.Rag.Fusion;
using Assay.Rag.Reranking;
using Assay.Rag.Sparse;
using Assay.Rag.Terms;
using Assay.Tests.Rag.Reading;

namespace Assay.Tests.Rag.Reranking;

/// <summary>Every index file of one corpus, on disk, and the search stages over them.</summary>
internal sealed class BuiltIndex : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BuiltIndex(TermStreams streams, int threads = 1, bool sparse = true, bool dense = true)
    {
        Streams = streams;
        Lexicon.Write(folder[Lexicon.FileName], streams.Terms);
        ForwardIndex.Write(folder[ForwardIndex.FileName], streams);
        Terms = Lexicon.Open(folder[Lexicon.FileName]);
        Forward = ForwardIndex.Open(folder[ForwardIndex.FileName]);
        if (sparse)
        {
            SparseIndexWriter.Write(folder[SparseIndex.FileName], streams);
            Sparse = SparseIndex.Open(folder[SparseIndex.FileName]);
        }

        if (dense)
        {
            var counts = TermCounts.Of(streams);
            var model = LsaModel.Learn(counts, 42, threads).ShouldNotBeNull();
            DenseIndexWriter.Write(folder[DenseIndex.FileName], model, DenseIndexWriter.Embed(model, counts, threads));
            Dense = DenseIndex.Open(folder[DenseIndex.FileName]);
        }

        NeighbourGraph.Write(folder[NeighbourGraph.FileName], Sparse, Dense, streams, threads);
        Graph = NeighbourGraph.Open(folder[NeighbourGraph.FileName]);
        Reranker = new FeatureReranker(Forward, Graph, Terms);
    }

    public TermStreams Streams { get; }

    public Lexicon Terms { get; }

    public ForwardIndex Forward { get; }

    public SparseIndex? Sparse { get; }

    public DenseIndex? Dense { get; }

    public NeighbourGraph Graph { get; }

    public FeatureReranker Reranker { get; }

    public string this[string file] => folder[file];

    public float[] SparseScores(QueryTerms query)
    {
        var sums = new int[Sparse!.ChunkCount];
        var unit = Sparse.Accumulate([.. query.Terms.Select((term, i) => new WeightedTerm(term, query.Counts[i] * Sparse.Idf(term)))], sums);
        return [.. sums.Select(sum => (float)(sum * unit))];
    }

    public float[] DenseScores(QueryTerms query)
    {
        var scores = new float[Dense!.ChunkCount];
        var vector = new float[Dense.Dimensions];
        if (Dense.TryEmbed(query, vector))
        {
            Dense.Score(vector, scores);
        }

        return scores;
    }

    public RerankRequest Request(string text, int candidates = 100)
    {
        var query = QueryTerms.Parse(text, Terms);
        var fused = ScoreFusion.Fuse(Sparse is null ? null : SparseScores(query), Dense is null ? null : DenseScores(query), FusionMethod.ZScore);
        return new RerankRequest(query, TopK.Take(fused, candidates), fused);
    }

    public void Dispose()
    {
        Graph.Dispose();
        Dense?.Dispose();
        Sparse?.Dispose();
        Forward.Dispose();
        Terms.Dispose();
        folder.Dispose();
    }
}
