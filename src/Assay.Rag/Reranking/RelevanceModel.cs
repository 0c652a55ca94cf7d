using Assay.Rag.Fusion;
using Assay.Rag.Sparse;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

/// <summary>
/// The words that set the first passages apart, weighted by how good those passages are (relevance model RM1: Lavrenko and Croft: Relevance-based
/// language models, SIGIR 2001; 10 passages and 50 terms are the customary numbers). Reused from query to query.
/// </summary>
internal sealed class RelevanceModel
{
    private const int Passages = 10;
    private const int Terms = 50;

    private readonly Dictionary<int, double> weights = [];
    private readonly List<WeightedTerm> heaviest = [];
    private readonly TermMap<int> slots = new();
    private readonly double[] frequency = new double[Terms];

    public void Learn(IReadOnlyList<ScoredChunk> candidates, CandidateTokens tokens, ForwardIndex forward)
    {
        weights.Clear();
        heaviest.Clear();
        slots.Clear();
        for (var i = 0; i < Math.Min(Passages, candidates.Count); i++)
        {
            var passage = tokens.Of(i);
            var share = Math.Max(0, candidates[i].Score) / Math.Max(1, passage.Length);
            foreach (var term in passage)
            {
                weights[term] = weights.GetValueOrDefault(term) + share;
            }
        }

        foreach (var (term, weight) in weights)
        {
            heaviest.Add(new WeightedTerm(term, weight * SparseIndex.InverseFrequency(forward.ChunkCount, forward.ChunksHaving(term))));
        }

        heaviest.Sort(static (a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Term.CompareTo(b.Term));
        heaviest.RemoveRange(Math.Min(Terms, heaviest.Count), Math.Max(0, heaviest.Count - Terms));
        var total = heaviest.Sum(t => t.Weight);
        for (var i = 0; i < heaviest.Count; i++)
        {
            heaviest[i] = heaviest[i] with { Weight = total > 0 ? heaviest[i].Weight / total : 0 };
            slots.Set(heaviest[i].Term, i);
        }
    }

    /// <summary>How much of the model a passage has, 0 to 1.</summary>
    public double Score(ReadOnlySpan<int> passage, double relativeLength)
    {
        Array.Clear(frequency);
        foreach (var term in passage)
        {
            if (slots.TryGet(term, out var slot))
            {
                frequency[slot]++;
            }
        }

        var score = 0.0;
        var saturation = SparseOptions.K1 * (1 - SparseOptions.B + (SparseOptions.B * relativeLength));
        for (var i = 0; i < heaviest.Count; i++)
        {
            score += heaviest[i].Weight * frequency[i] / (frequency[i] + saturation);
        }

        return score;
    }
}
