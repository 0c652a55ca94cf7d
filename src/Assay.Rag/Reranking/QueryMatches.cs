using System.Text;
using Assay.Rag.Sparse;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

/// <summary>How a word of a passage answers a query: which of the query's words, and how well (1 the word itself, less a similar one).</summary>
internal readonly record struct TermMatch(int Slot, double Similarity);

/// <summary>
/// The words of one query and every index word similar to one of them: the same first four characters, and a common beginning of at least half of both,
/// counted as 2 × common / (length + length). A similar word counts by the square of that. Reused from query to query.
/// </summary>
internal sealed class QueryMatches
{
    /// <summary>Shorter beginnings bring strangers together.</summary>
    private const int CommonCharacters = 4;

    private const double LeastSimilarity = 0.5;

    /// <summary>Index words compared with one word of the query at most; the rest, in order of the alphabet, is left out.</summary>
    private const int MostCompared = 2_000;

    /// <summary>Words of a query that are looked at; a longer query is a document, and its first words tell enough.</summary>
    private const int MostWords = 64;

    private readonly TermMap<TermMatch> matches = new();
    private readonly List<double> idf = [];
    private int firstNumber;
    private int afterNumbers;

    /// <summary>How many words of the query count, each with a slot of its own.</summary>
    public int Slots => idf.Count;

    /// <summary>Sum of the inverse document frequencies of the query's words; 0 when nothing in the index is like them.</summary>
    public double TotalIdf { get; private set; }

    /// <summary>Whether the query is a question.</summary>
    public bool IsQuestion { get; private set; }

    /// <summary>Whether the query asks for a number or a date.</summary>
    public bool AsksForNumber { get; private set; }

    /// <summary>Whether a term is a number: it begins with a digit, and such terms stand together in the lexicon.</summary>
    public bool IsNumber(int term) => term >= firstNumber && term < afterNumbers;

    /// <summary>Inverse document frequency of the word in a slot; for a word the index lacks, that of the words similar to it together.</summary>
    public double Idf(int slot) => idf[slot];

    public bool TryGet(int term, out TermMatch match) => matches.TryGet(term, out match);

    public void Fill(QueryTerms query, ForwardIndex forward, Lexicon lexicon)
    {
        matches.Clear();
        idf.Clear();
        IsQuestion = query.IsQuestion;
        AsksForNumber = query.AsksForNumber;
        if (AsksForNumber)
        {
            firstNumber = lexicon.LowerBound("0"u8);
            afterNumbers = lexicon.LowerBound(":"u8);
        }

        Span<byte> buffer = stackalloc byte[TermAnalyzer.MaxWordLength * 8];
        foreach (var term in query.Terms)
        {
            if (term >= lexicon.BeginningCount && Slots < MostWords)
            {
                AddKnown(term, buffer, forward, lexicon);
            }
        }

        foreach (var word in query.Unknown)
        {
            if (Slots < MostWords)
            {
                AddUnknown(buffer[..Encoding.UTF8.GetBytes(word, buffer)], forward, lexicon);
            }
        }

        TotalIdf = 0;
        foreach (var value in idf)
        {
            TotalIdf += value;
        }
    }

    private void AddKnown(int term, Span<byte> buffer, ForwardIndex forward, Lexicon lexicon)
    {
        var cursor = lexicon.CursorAt(term);
        cursor.Next();
        cursor.Term.CopyTo(buffer);
        AddSimilar(buffer[..cursor.Term.Length], forward, lexicon);
        matches.Set(term, new TermMatch(Slots, 1));
        idf.Add(SparseIndex.InverseFrequency(forward.ChunkCount, forward.ChunksHaving(term)));
    }

    private void AddUnknown(ReadOnlySpan<byte> word, ForwardIndex forward, Lexicon lexicon)
    {
        var having = AddSimilar(word, forward, lexicon);
        if (having > 0)
        {
            idf.Add(SparseIndex.InverseFrequency(forward.ChunkCount, Math.Min(forward.ChunkCount, having)));
        }
    }

    /// <summary>Notes the index words similar to a word for the next slot; returns in how many chunks they occur together, counted one by one.</summary>
    private int AddSimilar(ReadOnlySpan<byte> word, ForwardIndex forward, Lexicon lexicon)
    {
        var beginning = Utf8Letters.Beginning(word, CommonCharacters);
        var first = lexicon.LowerBound(beginning);
        if (beginning.IsEmpty || Utf8Letters.IsNumber(word) || first == lexicon.Count)
        {
            return 0;
        }

        var having = 0;
        var characters = Utf8Letters.Count(word);
        var last = Math.Min(lexicon.Count, first + MostCompared);
        for (var cursor = lexicon.CursorAt(first); cursor.Number < last; )
        {
            cursor.Next();
            if (!cursor.Term.StartsWith(beginning))
            {
                break;
            }

            var common = Utf8Letters.Count(word[..cursor.Term.CommonPrefixLength(word)]);
            var similarity = 2.0 * common / (characters + Utf8Letters.Count(cursor.Term));
            if (similarity >= LeastSimilarity)
            {
                Note(cursor.Number - 1, similarity * similarity);
                having += forward.ChunksHaving(cursor.Number - 1);
            }
        }

        return having;
    }

    private void Note(int term, double closeness)
    {
        if (!matches.TryGet(term, out var other) || other.Similarity < closeness)
        {
            matches.Set(term, new TermMatch(Slots, closeness));
        }
    }
}
