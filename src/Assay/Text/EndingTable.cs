namespace Assay.Text;

/// <summary>An ending, what takes its place, and the letters one of which must stand before it (empty: any).</summary>
internal readonly record struct Ending(string Text, string Replacement = "", string After = "");

/// <summary>
/// The endings of one stemming step. The longest one that fits is the only one tried: when it lies outside the region or
/// follows the wrong letter the step does nothing, even where a shorter ending would have passed. Snowball's <c>among</c>.
/// </summary>
internal sealed class EndingTable
{
    // The last five bits of a letter are unique within a-z and within а-я; the letter itself is compared as well.
    private const int Fanout = 32;
    private const int None = -1;

    // A tree over the endings read backwards: most words leave it after one or two letters.
    private readonly byte[] children;
    private readonly char[] letters;
    private readonly int[] endingAt;
    private readonly Ending[] endings;

    public EndingTable(params ReadOnlySpan<Ending> endings)
    {
        this.endings = endings.ToArray();
        var nodes = 1 + this.endings.Sum(e => e.Text.Length);
        children = new byte[nodes * Fanout];
        letters = new char[nodes];
        endingAt = [.. Enumerable.Repeat(None, nodes)];
        var used = 1;
        for (var i = 0; i < endings.Length; i++)
            endingAt[Grow(endings[i].Text, ref used)] = i;
    }

    /// <summary>Endings, separated by spaces, that are removed whatever stands before them.</summary>
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
        var longest = Longest(word[..length], limit);
        if (longest == None)
            return length;
        ref readonly var ending = ref endings[longest];
        var start = length - ending.Text.Length;
        if (start < region || (ending.After.Length > 0 && !Follows(ending.After, word, start, limit)))
            return length;
        ending.Replacement.CopyTo(word[start..]);
        return start + ending.Replacement.Length;
    }

    private int Longest(ReadOnlySpan<char> word, int limit)
    {
        var found = None;
        var node = 0;
        for (var i = word.Length - 1; i >= limit; i--)
        {
            node = children[(node * Fanout) + (word[i] % Fanout)];
            if (node == 0 || letters[node] != word[i])
                break;
            if (endingAt[node] != None)
                found = endingAt[node];
        }
        return found;
    }

    private static bool Follows(string letters, ReadOnlySpan<char> word, int start, int limit) => start > limit && letters.Contains(word[start - 1]);

    private int Grow(string ending, ref int used)
    {
        var node = 0;
        for (var i = ending.Length - 1; i >= 0; i--)
        {
            ref var child = ref children[(node * Fanout) + (ending[i] % Fanout)];
            if (child == 0)
            {
                child = checked((byte)used++);
                letters[child] = ending[i];
            }
            node = child;
        }
        return node;
    }
}
