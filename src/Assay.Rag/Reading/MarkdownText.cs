using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using MarkdownTree = Markdig.Syntax.MarkdownDocument;

namespace Assay.Rag.Reading;

/// <summary>Markdown: the text stays as it stands in the file, the blocks come from the syntax tree.</summary>
internal static class MarkdownText
{
    /// <summary>Blocks alone: emphasis and links inside them do not move a boundary, and leaving them unread makes reading several times faster.</summary>
    private static readonly MarkdownPipeline Pipeline = BlocksOnly();

    public static Document Parse(SourceFile file, string id, string text)
    {
        if (Tree(text) is not { } tree)
        {
            return new Document(id, file.Name, text, file.RelativePath, new ParagraphBlocks(text));
        }

        var blocks = new List<Block>();
        string? title = null;
        foreach (var leaf in Leaves(tree))
        {
            if (leaf is YamlFrontMatterBlock front)
            {
                title = FrontMatter.Title(Span(text, front));
            }

            Add(blocks, text, leaf);
        }

        return new Document(id, title ?? FirstHeading(text, blocks) ?? file.Name, text, file.RelativePath, blocks);
    }

    private static string? FirstHeading(string text, List<Block> blocks)
    {
        var at = blocks.FindIndex(block => block is { Kind: BlockKind.Heading, Level: 1 });
        var words = at < 0 ? "" : HeadingText.Of(text.AsSpan(blocks[at].Start, blocks[at].Length));
        return words.Length == 0 ? null : words;
    }

    /// <summary>The syntax tree; none for a text nested deeper than the parser goes, which is then read as plain paragraphs.</summary>
    private static MarkdownTree? Tree(string text)
    {
        try
        {
            return Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException e) when (e.Message.Contains("nested", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
    }

    /// <summary>The blocks that hold text, in its order.</summary>
    private static IEnumerable<LeafBlock> Leaves(MarkdownTree tree) =>
        tree.Descendants<LeafBlock>().Where(leaf => leaf is not (ThematicBreakBlock or LinkReferenceDefinition or EmptyBlock)).OrderBy(leaf => leaf.Span.Start);

    private static void Add(List<Block> blocks, string text, LeafBlock leaf)
    {
        var from = blocks.Count == 0 ? 0 : blocks[^1].End;
        var end = End(text, leaf);
        var range = TextRange.Trimmed(text, Math.Max(from, WithMarkers(text, Math.Max(leaf.Span.Start, 0), from)), end);
        if (range.IsEmpty)
        {
            return;
        }

        if (leaf is ParagraphBlock && MarkdownTable.HeaderOf(text, range) is { } header)
        {
            AddTable(blocks, text, range, header);
            return;
        }

        var kind = KindOf(leaf);
        blocks.Add(new Block(kind, range.Start, range.Length, kind == BlockKind.Heading ? ((HeadingBlock)leaf).Level : 0));
    }

    private static void AddTable(List<Block> blocks, string text, TextRange range, int header)
    {
        var before = TextRange.Trimmed(text, range.Start, header);
        if (!before.IsEmpty)
        {
            blocks.Add(new Block(BlockKind.Paragraph, before.Start, before.Length, Level: 0));
        }

        blocks.Add(new Block(BlockKind.Table, header, range.End - header, Level: 0));
    }

    /// <summary>The end of the block; the marks that close a heading ("# Title ##") are its own.</summary>
    private static int End(string text, LeafBlock leaf)
    {
        var end = Math.Min(leaf.Span.End + 1, text.Length);
        var rest = leaf is HeadingBlock ? text.AsSpan(end).IndexOfAny('\n', '\r') : 0;
        return rest < 0 ? text.Length : end + rest;
    }

    /// <summary>The start of the block with the marks before it on its line ("- ", "> ", "1. ") that belong to no block of their own.</summary>
    private static int WithMarkers(string text, int start, int from)
    {
        var line = text.AsSpan(0, start).LastIndexOfAny('\n', '\r') + 1;
        return Math.Max(line, Math.Min(from, start));
    }

    /// <summary>Headings inside quotes and lists head nothing: they are text there.</summary>
    private static BlockKind KindOf(LeafBlock leaf) =>
        leaf switch
        {
            HeadingBlock { Parent: MarkdownTree } => BlockKind.Heading,
            CodeBlock or YamlFrontMatterBlock => BlockKind.Code,
            _ => Holder(leaf),
        };

    private static BlockKind Holder(LeafBlock leaf)
    {
        for (var holder = leaf.Parent; holder is not null; holder = holder.Parent)
        {
            if (holder is QuoteBlock)
            {
                return BlockKind.Quote;
            }

            if (holder is ListItemBlock)
            {
                return BlockKind.ListItem;
            }
        }

        return BlockKind.Paragraph;
    }

    private static ReadOnlySpan<char> Span(string text, LeafBlock leaf) =>
        text.AsSpan(leaf.Span.Start, Math.Min(leaf.Span.Length, text.Length - leaf.Span.Start));

    private static MarkdownPipeline BlocksOnly()
    {
        var builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter();
        builder.InlineParsers.Clear();
        return builder.Build();
    }
}
