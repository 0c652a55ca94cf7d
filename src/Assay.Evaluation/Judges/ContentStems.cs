using Assay.Text;

namespace Assay.Evaluation.Judges;

/// <summary>The words of a text that carry content: stemmed, without stop words, each once.</summary>
internal static class ContentStems
{
    // Words are as long as people write them; a longer run is cut.
    private const int MaxLength = 64;

    public static HashSet<string> Of(string text)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        Span<char> room = stackalloc char[MaxLength];
        var reader = new TokenReader(text);
        while (reader.Read())
        {
            var length = Normalizer.Normalize(reader.Token[..Math.Min(reader.Length, MaxLength)], room);
            if (length > 0 && !StopWords.IsStopWord(room[..length]))
            {
                stems.Add(new string(room[..Stemming.Stem(room, length)]));
            }
        }

        return stems;
    }

    /// <summary>The share of <paramref name="sought"/> that is in <paramref name="among"/>; null when nothing is sought.</summary>
    public static double? Share(HashSet<string> sought, HashSet<string> among) =>
        sought.Count == 0 ? null : (double)sought.Count(among.Contains) / sought.Count;
}
