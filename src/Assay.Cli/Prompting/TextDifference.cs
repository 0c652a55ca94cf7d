using System.Text.RegularExpressions;

namespace Assay.Cli.Prompting;

/// <summary>Whether a part stands in both texts.</summary>
internal enum PartKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A stretch of two texts.</summary>
/// <param name="Kind">In which of the two it stands.</param>
/// <param name="Text">The stretch, white space included.</param>
internal sealed record TextPart(PartKind Kind, string Text);

/// <summary>What two texts say differently, word by word: the fewest words removed and added (longest common subsequence).</summary>
internal static partial class TextDifference
{
    // The table has a cell for each pair of words between the common ends: 64 MB at most. Longer texts are shown as replaced.
    private const long MostCells = 16_000_000;

    public static IReadOnlyList<TextPart> Of(string old, string @new)
    {
        var (before, after) = (Words(old), Words(@new));
        var head = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var most = Math.Min(before.Length, after.Length) - head;
        var tail = before.Reverse().Zip(after.Reverse()).Take(most).TakeWhile(pair => pair.First == pair.Second).Count();
        var parts = before[..head].Select(Same).Concat(Middle(before[head..^tail], after[head..^tail])).Concat(before[^tail..].Select(Same));
        return Joined(parts);
    }

    private static IEnumerable<TextPart> Middle(string[] before, string[] after)
    {
        if ((long)before.Length * after.Length > MostCells)
        {
            return before.Select(Removed).Concat(after.Select(Added));
        }

        return Walk(before, after, CommonLengths(before, after));
    }

    /// <summary>[i, j] is the length of the longest common subsequence of before[i..] and after[j..].</summary>
    private static int[,] CommonLengths(string[] before, string[] after)
    {
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = before[i] == after[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    private static IEnumerable<TextPart> Walk(string[] before, string[] after, int[,] lengths)
    {
        var (i, j) = (0, 0);
        while (i < before.Length && j < after.Length)
        {
            if (before[i] == after[j])
            {
                yield return Same(before[i++]);
                j++;
            }
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
            {
                yield return Removed(before[i++]);
            }
            else
            {
                yield return Added(after[j++]);
            }
        }

        foreach (var rest in before[i..].Select(Removed).Concat(after[j..].Select(Added)))
        {
            yield return rest;
        }
    }

    /// <summary>Neighbours of a kind as one part; between two parts that are the same, what was removed stands before what was added.</summary>
    private static List<TextPart> Joined(IEnumerable<TextPart> parts)
    {
        var joined = new List<TextPart>();
        var (removed, added) = ("", "");
        foreach (var part in parts.Append(new TextPart(PartKind.Same, "")))
        {
            if (part.Kind == PartKind.Removed)
            {
                removed += part.Text;
            }
            else if (part.Kind == PartKind.Added)
            {
                added += part.Text;
            }
            // White space alone between two changes belongs to both, or one changed sentence falls into single words.
            else if (part.Text.Length > 0 && part.Text.All(c => c == ' ') && removed.Length + added.Length > 0)
            {
                (removed, added) = (removed.Length > 0 ? removed + part.Text : removed, added.Length > 0 ? added + part.Text : added);
            }
            else
            {
                Flush();
                Append(new TextPart(PartKind.Same, part.Text));
            }
        }

        return joined;

        void Flush()
        {
            // The blanks that end both are not what changed.
            var blanks = Math.Min(Blanks(removed), Blanks(added));
            Append(new TextPart(PartKind.Removed, removed[..^blanks]));
            Append(new TextPart(PartKind.Added, added[..^blanks]));
            Append(new TextPart(PartKind.Same, new string(' ', blanks)));
            (removed, added) = ("", "");
        }

        void Append(TextPart part)
        {
            if (part.Text.Length == 0)
            {
                return;
            }

            if (joined.Count > 0 && joined[^1].Kind == part.Kind)
            {
                joined[^1] = part with { Text = joined[^1].Text + part.Text };
            }
            else
            {
                joined.Add(part);
            }
        }
    }

    private static int Blanks(string text) => text.Length - text.TrimEnd(' ').Length;

    private static TextPart Same(string text) => new(PartKind.Same, text);

    private static TextPart Removed(string text) => new(PartKind.Removed, text);

    private static TextPart Added(string text) => new(PartKind.Added, text);

    private static string[] Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    // A word, a line break or a run of blanks: together they are the whole text.
    [GeneratedRegex(@"\n|[^\S\n]+|\S+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
