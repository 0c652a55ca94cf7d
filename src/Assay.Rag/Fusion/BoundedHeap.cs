namespace Assay.Rag.Fusion;

/// <summary>Keeps the k best of what it is offered in ascending order of chunk; the worst of them sits at the root.</summary>
internal struct BoundedHeap(int capacity, double above = 0)
{
    private readonly ScoredChunk[] items = new ScoredChunk[capacity];
    private int count;

    /// <summary>A score must be higher than this to enter. Chunks come in ascending order, so an equal score is never better.</summary>
    public double Threshold { get; private set; } = above;

    public void Offer(int chunk, double score)
    {
        if (score <= Threshold || capacity == 0)
        {
            return;
        }

        if (count < capacity)
        {
            items[count] = new ScoredChunk(chunk, score);
            Rise(count++);
            if (count == capacity)
            {
                Threshold = items[0].Score;
            }

            return;
        }

        items[0] = new ScoredChunk(chunk, score);
        Sink();
        Threshold = items[0].Score;
    }

    /// <summary>What was kept, best first, scores multiplied by <paramref name="unit"/>.</summary>
    public readonly List<ScoredChunk> Drain(double unit)
    {
        var kept = items.AsSpan(0, count);
        kept.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Chunk.CompareTo(b.Chunk));
        var list = new List<ScoredChunk>(count);
        foreach (var item in kept)
        {
            list.Add(item with { Score = item.Score * unit });
        }

        return list;
    }

    // The root is the item that leaves first: the lowest score and, among equals, the highest chunk.
    private static bool Leaves(ScoredChunk a, ScoredChunk b) => a.Score != b.Score ? a.Score < b.Score : a.Chunk > b.Chunk;

    private readonly void Rise(int at)
    {
        while (at > 0 && Leaves(items[at], items[(at - 1) / 2]))
        {
            (items[at], items[(at - 1) / 2]) = (items[(at - 1) / 2], items[at]);
            at = (at - 1) / 2;
        }
    }

    private readonly void Sink()
    {
        var at = 0;
        while (true)
        {
            var child = (at * 2) + 1;
            if (child >= count)
            {
                return;
            }

            if (child + 1 < count && Leaves(items[child + 1], items[child]))
            {
                child++;
            }

            if (!Leaves(items[child], items[at]))
            {
                return;
            }

            (items[at], items[child]) = (items[child], items[at]);
            at = child;
        }
    }
}
