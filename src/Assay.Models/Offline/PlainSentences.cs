using System.Collections.Frozen;

namespace Assay.Models.Offline;

/// <summary>
/// Sentences of a short text by rule: a line is never joined with the next one that begins a list, a table or a heading, and a mark of the end counts where white space and no
/// small letter follow. Versions (<c>2.4.1</c>), clock times and the abbreviations below stay whole.
/// </summary>
internal static class PlainSentences
{
    // What stands before a point that ends no sentence, beyond single letters.
    private static readonly FrozenSet<string> Abbreviations = "e.g i.e etc vs fig св см стр руб коп тыс млн млрд им гл напр др пр т.е т.к т.д т.п"
        .Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sentences in order, trimmed, with runs of white space as one space; none is empty.</summary>
    public static IEnumerable<string> Split(string text) => Blocks(text).SelectMany(SplitBlock);

    // Lines of one paragraph are joined: texts are wrapped by hand.
    private static IEnumerable<string> Blocks(string text)
    {
        var block = new List<string>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (block.Count > 0 && (line.Length == 0 || StandsAlone(line)))
            {
                yield return string.Join(' ', block);
                block.Clear();
            }

            if (line.Length > 0)
            {
                block.Add(line);
            }
        }

        if (block.Count > 0)
        {
            yield return string.Join(' ', block);
        }
    }

    private static bool StandsAlone(string line) =>
        line[0] is '-' or '*' or '•' or '#' or '|' or '—' || (char.IsAsciiDigit(line[0]) && line.Contains(". ", StringComparison.Ordinal));

    private static IEnumerable<string> SplitBlock(string block)
    {
        var start = 0;
        for (var at = 0; at < block.Length; at++)
        {
            if (EndsAt(block, start, at))
            {
                yield return block[start..(at + 1)].Trim();
                start = at + 1;
            }
        }

        if (block[start..].Trim() is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    private static bool EndsAt(string block, int start, int at)
    {
        if (at + 1 >= block.Length || !char.IsWhiteSpace(block[at + 1]) || !IsEnd(block, start, at))
        {
            return false;
        }

        var next = at + 1;
        while (next < block.Length && char.IsWhiteSpace(block[next]))
        {
            next++;
        }

        return next < block.Length && !char.IsLower(block[next]);
    }

    // The mark itself, or a quote or bracket that closes after it.
    private static bool IsEnd(string block, int start, int at)
    {
        var mark = at;
        while (mark > start && block[mark] is '»' or '"' or ')' or '”' or '*' or '`')
        {
            mark--;
        }

        return block[mark] is '!' or '?' or '…' || (block[mark] == '.' && !IsAbbreviation(block, start, mark));
    }

    private static bool IsAbbreviation(string block, int start, int point)
    {
        var word = block.AsSpan(start, point - start);
        word = word[(word.LastIndexOfAny(' ', '(') + 1)..];
        return word.Length == 1 && char.IsLetter(word[0]) || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }
}
