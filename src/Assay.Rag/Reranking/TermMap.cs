namespace Assay.Rag.Reranking;

/// <summary>A small map from terms to values that mostly answers "no", and does so with one bit test. Reused from query to query.</summary>
internal sealed class TermMap<T>
    where T : struct
{
    private const int FilterBits = 1 << 13;

    private readonly ulong[] filter = new ulong[FilterBits / 64];
    private readonly Dictionary<int, T> values = [];

    public void Clear()
    {
        Array.Clear(filter);
        values.Clear();
    }

    public void Set(int term, T value)
    {
        filter[(term & (FilterBits - 1)) >> 6] |= 1UL << (term & 63);
        values[term] = value;
    }

    public bool TryGet(int term, out T value)
    {
        if ((filter[(term & (FilterBits - 1)) >> 6] & (1UL << (term & 63))) == 0)
        {
            value = default;
            return false;
        }

        return values.TryGetValue(term, out value);
    }
}
