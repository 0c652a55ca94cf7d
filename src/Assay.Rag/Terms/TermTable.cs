namespace Assay.Rag.Terms;

/// <summary>The terms met so far, numbered in the order of their first appearance.</summary>
internal sealed class TermTable
{
    private readonly SpellingCache terms = new(int.MaxValue);

    public int Count => terms.Count;

    /// <summary>The number of a term; a new one is given the next number.</summary>
    public int IdOf(ReadOnlySpan<char> term)
    {
        if (terms.TryGet(term, out var id))
        {
            return id;
        }

        id = terms.Count;
        terms.Add(term, id);
        return id;
    }

    public string TextOf(int id) => terms.SpellingAt(id).ToString();
}
