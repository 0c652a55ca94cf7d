namespace Assay.Embedded.Events;

/// <summary>
/// A cache in two generations: what was asked for lately stays, and when the young one is full the old one goes. So it holds at most twice
/// its bound, and costs no more than two look-ups.
/// </summary>
internal sealed class Generations<TKey, TValue>(int bound)
    where TKey : notnull
{
    private Dictionary<TKey, TValue> young = [];
    private Dictionary<TKey, TValue> old = [];

    public bool TryGet(TKey key, out TValue value)
    {
        if (young.TryGetValue(key, out value!))
        {
            return true;
        }

        if (!old.Remove(key, out value!))
        {
            return false;
        }

        Put(key, value);
        return true;
    }

    public void Put(TKey key, TValue value)
    {
        if (young.Count >= bound)
        {
            Turn();
        }

        young[key] = value;
    }

    /// <summary>The old generation goes, the young one becomes old.</summary>
    public void Turn() => (old, young) = (young, []);

    public void Remove(TKey key)
    {
        young.Remove(key);
        old.Remove(key);
    }

    public void Clear()
    {
        young = [];
        old = [];
    }
}
