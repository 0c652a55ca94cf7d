using Assay.Text;

namespace Assay.Models.Offline;

/// <summary>How often each word stem stands in a text; stop words are left out.</summary>
internal sealed class StemCounts
{
    private readonly Dictionary<string, double> counts = new(StringComparer.Ordinal);

    private StemCounts() { }

    /// <summary>How many different stems.</summary>
    public int Count => counts.Count;

    public static StemCounts Of(string text)
    {
        var stems = new StemCounts();
        var reader = new TokenReader(text);
        var buffer = new char[text.Length + 2];
        while (reader.Read())
        {
            var length = Normalizer.Normalize(reader.Token, buffer);
            if (length > 0 && !StopWords.IsStopWord(buffer.AsSpan(0, length)))
            {
                stems.Add(new string(buffer, 0, Stemming.Stem(buffer, length)), 1);
            }
        }

        return stems;
    }

    /// <summary>All texts together.</summary>
    public static StemCounts Sum(IEnumerable<StemCounts> texts)
    {
        var sum = new StemCounts();
        foreach (var (stem, count) in texts.SelectMany(text => text.counts))
        {
            sum.Add(stem, count);
        }

        return sum;
    }

    /// <summary>The cosine of the angle between two texts, 0 to 1; 0 when one is empty.</summary>
    public double Cosine(StemCounts other)
    {
        var product = counts.Sum(c => c.Value * other.counts.GetValueOrDefault(c.Key));
        return product == 0 ? 0 : product / (Length * other.Length);
    }

    /// <summary>The share of the shorter text's stems that the other has too, 0 to 1.</summary>
    public double Shared(StemCounts other)
    {
        var least = Math.Min(Count, other.Count);
        return least == 0 ? 0 : counts.Keys.Count(other.counts.ContainsKey) / (double)least;
    }

    private double Length => Math.Sqrt(counts.Values.Sum(c => c * c));

    private void Add(string stem, double count) => counts[stem] = counts.GetValueOrDefault(stem) + count;
}
