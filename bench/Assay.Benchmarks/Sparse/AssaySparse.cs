using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Assay.Rag.Fusion;
using Assay.Rag.Sparse;
using Assay.Rag.Storage;
using Assay.Rag.Terms;

namespace Assay.Benchmarks.Sparse;

/// <summary>The sparse stage alone: terms, postings and ids on disk, BM25F in memory-mapped files.</summary>
internal sealed class AssaySparse(Collection collection, string folder) : ISparseEngine
{
    private readonly int[] accumulators = new int[collection.Texts.Count];
    private Lexicon? lexicon;
    private SparseIndex? index;

    public string Name => "Assay";

    public IndexCost Index()
    {
        var started = Stopwatch.GetTimestamp();
        var collector = new TermCollector();
        foreach (var text in collection.Texts)
        {
            collector.Add(text.Title, "", text.Body);
        }

        var streams = collector.Finish();
        var bytes = Lexicon.Write(Path.Combine(folder, Lexicon.FileName), streams.Terms);
        bytes += SparseIndexWriter.Write(Path.Combine(folder, SparseIndex.FileName), streams);
        bytes += WriteIds();
        return new IndexCost(Stopwatch.GetElapsedTime(started).TotalSeconds, bytes);
    }

    public void Open()
    {
        lexicon = Lexicon.Open(Path.Combine(folder, Lexicon.FileName));
        index = SparseIndex.Open(Path.Combine(folder, SparseIndex.FileName));
    }

    public void Search(Span<double> seconds)
    {
        for (var i = 0; i < seconds.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Search(collection.Queries[i].Text);
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    public IReadOnlyList<IReadOnlyList<string>> Hits() =>
        [.. collection.Queries.Select(q => Search(q.Text).Select(hit => collection.Texts[hit.Chunk].Id).ToList())];

    public void Dispose()
    {
        index?.Dispose();
        lexicon?.Dispose();
    }

    private List<ScoredChunk> Search(string text)
    {
        var query = QueryTerms.Parse(text, lexicon!);
        var terms = new WeightedTerm[query.Terms.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = new WeightedTerm(query.Terms[i], query.Counts[i] * index!.Idf(query.Terms[i]));
        }

        var unit = index!.Accumulate(terms, accumulators);
        return TopK.TakeAndClear(accumulators, Collection.HitsPerQuery, unit);
    }

    // The peers keep the ids of documents in their index; ours lie in the chunk store, which holds the texts too, so the ids alone are written here.
    private long WriteIds()
    {
        var bytes = new List<byte>();
        foreach (var text in collection.Texts)
        {
            Varint.Write(bytes, (uint)Encoding.UTF8.GetByteCount(text.Id));
            bytes.AddRange(Encoding.UTF8.GetBytes(text.Id));
        }

        var writer = new IndexFileWriter("ids");
        writer.Add("ids", CollectionsMarshal.AsSpan(bytes));
        return writer.Write(Path.Combine(folder, "ids.idx"));
    }
}
