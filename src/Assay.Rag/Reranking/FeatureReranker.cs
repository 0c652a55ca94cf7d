using Assay.Rag.Fusion;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

internal sealed class FeatureReranker(ForwardIndex forward, NeighbourGraph? graph, Lexicon lexicon)
{
    public const string Name = "offline/features";

    public List<ScoredChunk> Rerank(RerankRequest request)
    {
        _ = forward;
        _ = graph;
        _ = lexicon;
        return [.. request.Candidates];
    }
}
