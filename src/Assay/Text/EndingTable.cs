namespace Assay.Text;

/// <summary>An ending, what takes its place, and the letters one of which must stand before it (empty: any).</summary>
internal readonly record struct Ending(string Text, string Replacement = "", string After = "");

/// <summary>
/// The endings of one stemming step. The longest one that fits is the only one tried: when it lies outside the region or
/// follows the wrong letter the step does nothing, even where a shorter ending would have passed. Snowball's <c>among</c>.
/// </summary>
internal sealed class EndingTable
{
    // The last five bits of a letter are unique within a-z and within а-я, so one word looks at one short list.
    private const int Buckets = 32;

    private readonly Ending[][] byLastLetter;

    public EndingTable(params ReadOnlySpan<Ending> endings)
    {
        byLastLetter = endings
            .ToArray()
            .OrderByDescending(e => e.Text.Length)
            .GroupBy(e => e.Text[^1] % Buckets)
            .Aggregate(Empty(), (table, bucket) => Put(table, bucket.Key, [.. bucket]));
    }

    /// <summary>Endings that are all removed, whatever stands before them.</summary>
    public static Ending[] Removed(string endings) => RemovedAfter("", endings);

    /// <summary>Endings, separated by spaces, that are removed when one of the letters stands before them.</summary>
    public static Ending[] RemovedAfter(string letters, string endings) => [.. endings.Split(' ').Select(e => new Ending(e, After: letters))];

    /// <summary>Applies the step to <c>word[..length]</c> and returns the new length, the same when nothing was removed.</summary>
    /// <param name="word">The word and any room after it.</param>
    /// <param name="length">The length of the word.</param>
    /// <param name="limit">The step sees nothing before this place.</param>
    /// <param name="region">The ending must begin here or later.</param>
    public int Apply(Span<char> word, int length, int limit, int region)
    {
        if (length <= limit)
            return length;
        foreach (ref readonly var ending in byLastLetter[word[length - 1] % Buckets].AsSpan())
        {
            if (word[limit..length].EndsWith(ending.Text))
                return Apply(in ending, word, length, limit, region);
        }
        return length;
    }

    private static int Apply(in Ending ending, Span<char> word, int length, int limit, int region)
    {
        var start = length - ending.Text.Length;
        if (start < region || (ending.After.Length > 0 && !Follows(ending.After, word, start, limit)))
            return length;
        ending.Replacement.CopyTo(word[start..]);
        return start + ending.Replacement.Length;
    }

    private static bool Follows(string letters, Span<char> word, int start, int limit) => start > limit && letters.Contains(word[start - 1]);

    private static Ending[][] Empty() => [.. Enumerable.Repeat(Array.Empty<Ending>(), Buckets)];

    private static Ending[][] Put(Ending[][] table, int bucket, Ending[] endings)
    {
        table[bucket] = endings;
        return table;
    }
}
