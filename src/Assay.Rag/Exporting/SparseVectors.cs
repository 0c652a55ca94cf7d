using Assay.Rag.Sparse;

namespace Assay.Rag.Exporting;

/// <summary>The inverted index turned round: for each chunk its terms, ascending, with their impacts.</summary>
internal sealed class SparseVectors
{
    private readonly int[] starts;
    private readonly int[] terms;
    private readonly byte[] impacts;

    private SparseVectors(int[] starts, int[] terms, byte[] impacts)
    {
        this.starts = starts;
        this.terms = terms;
        this.impacts = impacts;
    }

    public static SparseVectors Of(SparseIndex index)
    {
        var starts = new int[index.ChunkCount + 1];
        for (var term = 0; term < index.TermCount; term++)
        {
            index.ForEachPosting(term, (chunk, _) => starts[chunk + 1]++);
        }

        for (var chunk = 0; chunk < index.ChunkCount; chunk++)
        {
            starts[chunk + 1] += starts[chunk];
        }

        var next = starts.AsSpan(0, index.ChunkCount).ToArray();
        var terms = new int[starts[^1]];
        var impacts = new byte[starts[^1]];
        for (var term = 0; term < index.TermCount; term++)
        {
            var current = term;
            index.ForEachPosting(
                term,
                (chunk, impact) =>
                {
                    terms[next[chunk]] = current;
                    impacts[next[chunk]++] = impact;
                }
            );
        }

        return new SparseVectors(starts, terms, impacts);
    }

    public IEnumerable<(int Term, byte Impact)> Of(int chunk)
    {
        for (var i = starts[chunk]; i < starts[chunk + 1]; i++)
        {
            yield return (terms[i], impacts[i]);
        }
    }
}
