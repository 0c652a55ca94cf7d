using System.Runtime.InteropServices;
using Assay.Rag.Fusion;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

/// <summary>The terms of all candidates, read once. Reused from query to query.</summary>
internal sealed class CandidateTokens
{
    private readonly List<int> tokens = [];
    private readonly List<int> starts = [];
    private readonly List<int> titleLengths = [];

    public void Fill(IReadOnlyList<ScoredChunk> candidates, ForwardIndex forward)
    {
        tokens.Clear();
        starts.Clear();
        titleLengths.Clear();
        foreach (var candidate in candidates)
        {
            starts.Add(tokens.Count);
            titleLengths.Add(forward.Append(candidate.Chunk, tokens));
        }

        starts.Add(tokens.Count);
    }

    public ReadOnlySpan<int> Of(int candidate) => CollectionsMarshal.AsSpan(tokens)[starts[candidate]..starts[candidate + 1]];

    public int TitleLength(int candidate) => titleLengths[candidate];
}
