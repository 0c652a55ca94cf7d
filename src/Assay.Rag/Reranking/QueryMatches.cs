using Assay.Rag.Sparse;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

/// <summary>How a term of a passage answers a query: which of the query's words, and how well (1 the word itself, less a similar one).</summary>
internal readonly record struct TermMatch(int Slot, double Similarity);

/// <summary>
/// The words of one query and every index word similar to one of them: same first four letters, and at least 60 % in common, counted as
/// 2 × common beginning / (length + length). Reused from query to query.
/// </summary>
internal sealed class QueryMatches
{
    /// <summary>Shorter beginnings bring strangers together.</summary>
    private const int CommonLetters = 4;

    private const double LeastSimilarity = 0.6;

    private readonly TermMap<TermMatch> matches = new();

    /// <summary>Distinct words of the query; their place is the slot.</summary>
    public List<int> Words { get; } = [];

    /// <summary>Inverse document frequency of each word.</summary>
    public List<double> Idf { get; } = [];

    /// <summary>How often the query has each word.</summary>
    public List<int> Counts { get; } = [];

    public double TotalIdf { get; private set; }

    public void Fill(QueryTerms query, ForwardIndex forward, Lexicon lexicon)
    {
        matches.Clear();
        Words.Clear();
        Idf.Clear();
        Counts.Clear();
        TotalIdf = 0;
        for (var i = 0; i < query.Terms.Length; i++)
        {
            if (query.Terms[i] >= lexicon.BeginningCount)
            {
                var idf = SparseIndex.InverseFrequency(forward.ChunkCount, forward.ChunksHaving(query.Terms[i]));
                Words.Add(query.Terms[i]);
                Counts.Add(query.Counts[i]);
                Idf.Add(idf);
                TotalIdf += idf;
            }
        }

        for (var slot = 0; slot < Words.Count; slot++)
        {
            AddSimilar(slot, lexicon);
        }

        for (var slot = 0; slot < Words.Count; slot++)
        {
            matches.Set(Words[slot], new TermMatch(slot, 1));
        }
    }

    public bool TryGet(int term, out TermMatch match) => matches.TryGet(term, out match);

    private void AddSimilar(int slot, Lexicon lexicon)
    {
        var cursor = lexicon.CursorAt(Words[slot]);
        cursor.Next();
        Span<byte> word = stackalloc byte[cursor.Term.Length];
        cursor.Term.CopyTo(word);
        var beginning = Utf8Letters.Beginning(word, CommonLetters);
        if (beginning.IsEmpty || !Utf8Letters.IsLetter(word))
        {
            return;
        }

        var letters = Utf8Letters.Count(word);
        var first = lexicon.LowerBound(beginning);
        cursor = lexicon.CursorAt(first);
        while (cursor.Number < lexicon.Count)
        {
            cursor.Next();
            if (!cursor.Term.StartsWith(beginning))
            {
                return;
            }

            var common = Utf8Letters.Count(word[..cursor.Term.CommonPrefixLength(word)]);
            Note(cursor.Number - 1, slot, 2.0 * common / (letters + Utf8Letters.Count(cursor.Term)));
        }
    }

    private void Note(int term, int slot, double similarity)
    {
        var closeness = similarity * similarity;
        if (similarity >= LeastSimilarity && (!matches.TryGet(term, out var other) || other.Similarity < closeness))
        {
            matches.Set(term, new TermMatch(slot, closeness));
        }
    }
}
