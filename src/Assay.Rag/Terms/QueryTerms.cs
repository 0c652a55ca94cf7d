using System.Runtime.InteropServices;
using Assay.Text;

namespace Assay.Rag.Terms;

/// <summary>The words of a query that matter: each distinct index term with how often the query has it, in reading order.</summary>
/// <param name="Terms">Term numbers, distinct, in the order of their first appearance; beginnings of stems are among them.</param>
/// <param name="Counts">How often the query has each.</param>
/// <param name="Sequence">The terms of all known words in reading order, repeats included, without beginnings of stems.</param>
/// <param name="Words">How many words the query has besides stop words and question words, known to the index or not.</param>
internal sealed record QueryTerms(int[] Terms, int[] Counts, int[] Sequence, int Words)
{
    /// <summary>Share of the query's words that the index knows, 0 to 1; 0 for a query without words.</summary>
    public double Coverage => Words == 0 ? 0 : (double)Sequence.Length / Words;

    /// <summary>Stems of the query's words that no chunk has, in reading order; words like them may still be found.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Whether the query is a question: it begins with a question word or has a question mark.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>Whether the query asks for a number or a date ("how many", "when", "сколько", "в каком году").</summary>
    public bool AsksForNumber { get; init; }

    public static QueryTerms Parse(ReadOnlySpan<char> text, Lexicon lexicon)
    {
        var terms = new List<int>(16);
        var counts = new List<int>(16);
        var sequence = new List<int>(16);
        var unknown = new List<string>();
        var words = 0;
        var asksForNumber = false;
        var isQuestion = text.Contains('?');
        var isFirst = true;
        Span<char> buffer = stackalloc char[(TermAnalyzer.MaxWordLength * 2) + 2];
        Span<char> beginning = stackalloc char[StemBeginning.MaxLength];
        var reader = new TokenReader(text);
        while (reader.Read())
        {
            asksForNumber |= NumberWords.Contains(reader.Token);
            isQuestion |= isFirst && QuestionWords.Asks(reader.Token);
            isFirst = false;
            var word = TermAnalyzer.QueryTermText(text.Slice(reader.Start, Math.Min(reader.Length, TermAnalyzer.MaxWordLength)), buffer);
            if (word.IsEmpty)
            {
                continue;
            }

            words++;
            var term = lexicon.Find(word);
            if (term != TermAnalyzer.NoTerm)
            {
                sequence.Add(term);
                Count(term, terms, counts);
            }
            else
            {
                unknown.Add(word.ToString());
            }

            var start = StemBeginning.Of(word, beginning);
            if (!start.IsEmpty)
            {
                Count(lexicon.Find(start), terms, counts);
            }
        }

        return new QueryTerms([.. terms], [.. counts], [.. sequence], words)
        {
            Unknown = unknown,
            IsQuestion = isQuestion,
            AsksForNumber = asksForNumber,
        };
    }

    private static void Count(int term, List<int> terms, List<int> counts)
    {
        if (term == TermAnalyzer.NoTerm)
        {
            return;
        }

        var at = CollectionsMarshal.AsSpan(terms).IndexOf(term);
        if (at < 0)
        {
            terms.Add(term);
            counts.Add(1);
        }
        else
        {
            counts[at]++;
        }
    }
}
