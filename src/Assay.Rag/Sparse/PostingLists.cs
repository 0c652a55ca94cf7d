using Assay.Rag.Terms;

namespace Assay.Rag.Sparse;

/// <summary>For each term the chunks that have it, ascending, with the impact of the term in the chunk.</summary>
internal sealed class PostingLists
{
    private readonly int[] starts;
    private readonly int[] chunks;
    private readonly byte[] impacts;

    private PostingLists(int[] starts, int[] chunks, byte[] impacts)
    {
        this.starts = starts;
        this.chunks = chunks;
        this.impacts = impacts;
    }

    /// <summary>Number of postings.</summary>
    public int Count => chunks.Length;

    public Postings Of(int term) => new(chunks.AsSpan(starts[term]..starts[term + 1]), impacts.AsSpan(starts[term]..starts[term + 1]));

    /// <summary>Counts each chunk's terms by field and sorts the counts by term; chunks stay in order within a term.</summary>
    public static PostingLists Invert(TermStreams streams)
    {
        var starts = CountByTerm(streams);
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        var chunks = new int[starts[^1]];
        var impacts = new byte[starts[^1]];
        var norms = new FieldNorms(streams);
        var inTitle = new int[streams.Terms.Length];
        var inBody = new int[streams.Terms.Length];
        var seen = new List<int>();
        for (var chunk = 0; chunk < streams.ChunkCount; chunk++)
        {
            Tally(streams.Title(chunk), inTitle, inBody, inTitle, seen);
            Tally(streams.Body(chunk), inTitle, inBody, inBody, seen);
            foreach (var term in seen)
            {
                var at = next[term]++;
                chunks[at] = chunk;
                impacts[at] = norms.Impact(chunk, inTitle[term], inBody[term]);
                inTitle[term] = 0;
                inBody[term] = 0;
            }

            seen.Clear();
        }

        return new PostingLists(starts, chunks, impacts);
    }

    private static int[] CountByTerm(TermStreams streams)
    {
        var starts = new int[streams.Terms.Length + 1];
        var last = new int[streams.Terms.Length];
        Array.Fill(last, -1);
        for (var chunk = 0; chunk < streams.ChunkCount; chunk++)
        {
            foreach (var term in streams.All(chunk))
            {
                if (last[term] != chunk)
                {
                    last[term] = chunk;
                    starts[term + 1]++;
                }
            }
        }

        for (var term = 0; term < streams.Terms.Length; term++)
        {
            starts[term + 1] += starts[term];
        }

        return starts;
    }

    private static void Tally(ReadOnlySpan<int> tokens, int[] inTitle, int[] inBody, int[] field, List<int> seen)
    {
        foreach (var term in tokens)
        {
            if (inTitle[term] + inBody[term] == 0)
            {
                seen.Add(term);
            }

            field[term]++;
        }
    }
}

/// <summary>The postings of one term.</summary>
internal readonly ref struct Postings(ReadOnlySpan<int> chunks, ReadOnlySpan<byte> impacts)
{
    public ReadOnlySpan<int> Chunks { get; } = chunks;

    public ReadOnlySpan<byte> Impacts { get; } = impacts;
}
