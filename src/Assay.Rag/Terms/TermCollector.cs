using System.Runtime.InteropServices;

namespace Assay.Rag.Terms;

/// <summary>Reads chunks in order and makes <see cref="TermStreams"/> of them.</summary>
internal sealed class TermCollector
{
    private readonly TermTable table = new();
    private readonly TermAnalyzer analyzer;
    private readonly List<int> tokens = [];
    private readonly List<int> starts = [0];
    private readonly List<int> titleLengths = [];

    public TermCollector() => analyzer = new TermAnalyzer(table);

    /// <summary>Adds the next chunk.</summary>
    /// <param name="title">Title field: document title and headings.</param>
    /// <param name="headings">More of the title field; may be empty.</param>
    /// <param name="body">The chunk's text.</param>
    public void Add(ReadOnlySpan<char> title, ReadOnlySpan<char> headings, ReadOnlySpan<char> body)
    {
        analyzer.Analyze(title, tokens);
        analyzer.Analyze(headings, tokens);
        titleLengths.Add(tokens.Count - starts[^1]);
        analyzer.Analyze(body, tokens);
        starts.Add(tokens.Count);
    }

    /// <summary>Numbers the terms by their code point order and hands everything over.</summary>
    public TermStreams Finish()
    {
        var terms = new string[table.Count];
        var order = new int[table.Count];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = table.TextOf(i);
            order[i] = i;
        }

        Array.Sort(terms, order, CodePointOrder.Comparer);
        var rank = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        var renumbered = CollectionsMarshal.AsSpan(tokens).ToArray();
        for (var i = 0; i < renumbered.Length; i++)
        {
            renumbered[i] = rank[renumbered[i]];
        }

        return new TermStreams(terms, renumbered, [.. starts], [.. titleLengths]);
    }
}
