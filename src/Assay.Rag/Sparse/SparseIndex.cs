using Assay.Rag.Storage;

namespace Assay.Rag.Sparse;

/// <summary>
/// The inverted index, read in place. Scores are BM25F with idf = ln(1 + (N − n + 0.5)/(n + 0.5)); a query term that occurs twice counts twice.
/// Safe for several threads: nothing in it changes.
/// </summary>
internal sealed unsafe class SparseIndex : IDisposable
{
    public const string FileName = "sparse.idx";

    /// <summary>How outputs name the scoring.</summary>
    public const string Model = "bm25f";

    private readonly IndexFile file;
    private readonly byte* postings;

    private SparseIndex(IndexFile file)
    {
        this.file = file;
        postings = file.Pointer("postings");
        var counts = file.Section<long>("counts");
        ChunkCount = (int)counts[0];
        TermCount = (int)counts[1];
    }

    public int ChunkCount { get; }

    public int TermCount { get; }

    public static SparseIndex Open(string path) => new(IndexFile.Open(path, SparseIndexWriter.Kind));

    /// <summary>In how many chunks the term occurs.</summary>
    public int DocumentFrequency(int term) => PostingCodec.Count(List(term));

    public double Idf(int term) => InverseFrequency(ChunkCount, DocumentFrequency(term));

    public static double InverseFrequency(int chunks, int having) => Math.Log(1 + ((chunks - having + 0.5) / (having + 0.5)));

    /// <summary>
    /// Adds every term's contribution to <paramref name="accumulators"/> (one per chunk, zero before) as whole numbers, so that the order of terms does not matter.
    /// </summary>
    /// <returns>What one unit of an accumulator is worth as a BM25F score.</returns>
    public double Accumulate(ReadOnlySpan<WeightedTerm> terms, Span<int> accumulators)
    {
        var total = 0.0;
        foreach (var term in terms)
        {
            total += term.Weight;
        }

        if (total <= 0)
        {
            return 0;
        }

        // The largest possible sum, all impacts at 255, must fit an int.
        var scale = (1 << 30) / (255 * total);
        fixed (int* at = accumulators)
        {
            foreach (var term in terms)
            {
                PostingCodec.Accumulate(List(term.Term), (int)(term.Weight * scale), at);
            }
        }

        return (SparseOptions.K1 + 1) / (255 * scale);
    }

    /// <summary>Calls <paramref name="each"/> with every chunk that has the term and the term's impact there (1 to 255).</summary>
    public void ForEachPosting(int term, Action<int, byte> each) => PostingCodec.ForEach(List(term), each);

    public void Dispose() => file.Dispose();

    private byte* List(int term)
    {
        var blocks = file.Section<uint>("blocks");
        var lengths = file.Section("lengths");
        var block = term / SparseIndexWriter.BlockSize * 2;
        var offset = blocks[block];
        var position = (int)blocks[block + 1];
        for (var i = term % SparseIndexWriter.BlockSize; i > 0; i--)
        {
            offset += Varint.Read(lengths, ref position);
        }

        return postings + offset;
    }
}

/// <summary>A query term with its weight: idf × how often the query has it, or what an expansion gives it.</summary>
internal readonly record struct WeightedTerm(int Term, double Weight);
