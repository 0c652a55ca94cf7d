using System.Collections;

namespace Assay.Rag.Reading;

/// <summary>
/// Paragraphs of plain text, parted by blank lines and found when they are first asked for:
/// most short documents fit in one chunk and never ask.
/// </summary>
internal sealed class ParagraphBlocks(string text) : IReadOnlyList<Block>
{
    private List<Block>? _found;

    public int Count => Found.Count;

    public Block this[int index] => Found[index];

    private List<Block> Found => _found ??= Find(text);

    public IEnumerator<Block> GetEnumerator() => Found.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static List<Block> Find(string text)
    {
        var found = new List<Block>();
        int start = -1,
            end = 0;
        for (var line = 0; line < text.Length; )
        {
            var next = NextLine(text, line);
            if (text.AsSpan(line, next - line).IsWhiteSpace())
            {
                Close(found, ref start, end);
            }
            else
            {
                start = start < 0 ? line : start;
                end = next;
            }

            line = next;
        }

        Close(found, ref start, end);
        return found;

        void Close(List<Block> into, ref int from, int to)
        {
            if (from >= 0)
            {
                var range = TextRange.Trimmed(text, from, to);
                into.Add(new Block(BlockKind.Paragraph, range.Start, range.Length, Level: 0));
            }

            from = -1;
        }
    }

    private static int NextLine(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny('\n', '\r');
        if (at < 0)
        {
            return text.Length;
        }

        at += from;
        return text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }
}
