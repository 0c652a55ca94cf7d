using System.Collections.Concurrent;
using Assay.Rag.Fusion;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

/// <summary>
/// The offline reranker: a weighted sum of the features in <see cref="RerankFeature.All"/>. Rule-based, no trained model; every output names it
/// <see cref="Name"/>. Safe for several threads.
/// </summary>
internal sealed class FeatureReranker(ForwardIndex forward, NeighbourGraph? graph, Lexicon lexicon)
{
    /// <summary>How outputs name the reranker.</summary>
    public const string Name = "offline/features";

    private static readonly double[] Weights = [.. RerankFeature.All.Select(f => f.Weight)];

    private readonly ConcurrentBag<Workspace> workspaces = [];

    /// <summary>All candidates in their new order with their new scores; equal scores keep the order of chunk numbers.</summary>
    public List<ScoredChunk> Rerank(RerankRequest request)
    {
        var order = new List<ScoredChunk>(request.Candidates.Count);
        Measure(
            request,
            (candidate, features) =>
            {
                var score = 0.0;
                for (var i = 0; i < features.Length; i++)
                {
                    score += Weights[i] * features[i];
                }

                order.Add(request.Candidates[candidate] with { Score = score });
            }
        );
        order.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Chunk.CompareTo(b.Chunk));
        return order;
    }

    private void Measure(RerankRequest request, Action<int, double[]> each)
    {
        if (!workspaces.TryTake(out var work))
        {
            work = new Workspace();
        }

        work.Query.Fill(request.Query, forward, lexicon);
        work.Tokens.Fill(request.Candidates, forward);
        for (var i = 0; i < request.Candidates.Count; i++)
        {
            Array.Clear(work.Features);
            work.Features[RerankFeature.Fused] = request.Candidates[i].Score;
            work.Passage.Measure(work.Tokens.Of(i), work.Tokens.TitleLength(i), lexicon.BeginningCount, work.Query, work.Features);
            // A passage that has the words itself needs no recommendation.
            var own = work.Features[RerankFeature.Window];
            work.Features[RerankFeature.Neighbours] = (1 - own) * (graph?.MeanScore(request.Candidates[i].Chunk, request.Fused) ?? 0);
            each(i, work.Features);
        }

        workspaces.Add(work);
    }

    private sealed class Workspace
    {
        public QueryMatches Query { get; } = new();

        public CandidateTokens Tokens { get; } = new();

        public PassageFeatures Passage { get; } = new();

        public double[] Features { get; } = new double[Weights.Length];
    }
}
