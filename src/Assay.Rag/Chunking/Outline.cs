using System.Runtime.InteropServices;
using Assay.Rag.Reading;

namespace Assay.Rag.Chunking;

/// <summary>One heading with the text up to the next heading of any level; the first may have no heading.</summary>
/// <param name="Level">The heading's level, 0 where there is none.</param>
/// <param name="Path">The headings above the text, its own included, without the document's title.</param>
internal sealed record Section(int Level, IReadOnlyList<string> Path)
{
    public List<Unit> Units { get; } = [];

    public int Tokens => Units.Sum(unit => unit.Tokens);

    /// <summary>Whether there is more than a heading.</summary>
    public bool HasBody => Units.Exists(unit => unit.Kind != BlockKind.Heading && unit.Tokens > 0);
}

/// <summary>A block, or text between blocks. Units hold every character that is not white space.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Unit(TextRange Range, BlockKind Kind, int Tokens);

/// <summary>Reads a document as a row of sections.</summary>
internal static class Outline
{
    public static List<Section> Of(Document document, TokenMap tokens)
    {
        var sections = new List<Section> { new(0, []) };
        var open = new List<(int Level, string Words)>();
        foreach (var (range, block) in Units(document, tokens))
        {
            if (block is { Kind: BlockKind.Heading })
            {
                sections.Add(new Section(block.Level, PathTo(document, block, open)));
            }

            sections[^1].Units.Add(new Unit(range, block.Kind, tokens.Count(range)));
        }

        sections.RemoveAll(section => section.Units.Count == 0);
        return sections;
    }

    /// <summary>The blocks and the text between them, whole words each, whatever blocks a document claims.</summary>
    private static IEnumerable<(TextRange Range, Block Block)> Units(Document document, TokenMap tokens)
    {
        var at = 0;
        foreach (var block in document.Blocks.Append(new Block(BlockKind.Paragraph, document.Text.Length, 0, Level: 0)))
        {
            var start = Math.Max(at, tokens.Whole(block.Start));
            var gap = TextRange.Trimmed(document.Text, at, start);
            if (!gap.IsEmpty)
            {
                yield return (gap, default(Block) with { Kind = BlockKind.Paragraph });
            }

            at = Math.Max(start, tokens.Whole(block.End));
            var range = TextRange.Trimmed(document.Text, start, at);
            if (!range.IsEmpty)
            {
                yield return (range, block);
            }
        }
    }

    private static List<string> PathTo(Document document, Block heading, List<(int Level, string Words)> open)
    {
        open.RemoveAll(above => above.Level >= heading.Level);
        open.Add((heading.Level, HeadingText.Of(document.Text.AsSpan(heading.Start, heading.Length))));
        var path = open.Select(above => above.Words).Where(words => words.Length > 0).ToList();
        if (path.Count > 0 && path[0] == document.Title)
        {
            path.RemoveAt(0);
        }

        return path;
    }
}
