using System.Runtime.InteropServices;

namespace Assay.Rag.Reading;

/// <summary>A document as the pipeline sees it. Offsets everywhere are UTF-16 positions in <see cref="Text"/>.</summary>
/// <param name="Id">Unique within a run: the relative path of a file, or the id of a JSON line (<c>file#line</c> where it names none).</param>
/// <param name="Title">The title, empty where a JSON line has none.</param>
/// <param name="Text">
/// Markdown and plain text as they stand in the file (without a byte order mark); the readable text extracted from HTML; <c>text</c> of a JSON line.
/// </param>
/// <param name="Source">Where it was read, relative to the folder that was named, so that an index does not depend on where the folder lies.</param>
/// <param name="Blocks">Disjoint blocks in the order of the text. Text between two blocks (rules, link definitions) belongs to no block.</param>
internal sealed record Document(string Id, string Title, string Text, string Source, IReadOnlyList<Block> Blocks);

/// <summary>What a block of text is.</summary>
internal enum BlockKind
{
    /// <summary>A heading; the only kind with a level.</summary>
    Heading,

    /// <summary>Running text.</summary>
    Paragraph,

    /// <summary>The text of one list item, without the items nested in it.</summary>
    ListItem,

    /// <summary>Preformatted text; its lines are never joined.</summary>
    Code,

    /// <summary>A table (Markdown) or one row of it (HTML).</summary>
    Table,

    /// <summary>A quoted paragraph.</summary>
    Quote,
}

/// <summary>One block of a document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">The first UTF-16 position.</param>
/// <param name="Length">The number of UTF-16 units.</param>
/// <param name="Level">The heading's level from 1 to 6, otherwise 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Block(BlockKind Kind, int Start, int Length, int Level)
{
    /// <summary>The position after the last one.</summary>
    public int End => Start + Length;
}

/// <summary>A document that could not be read. It never ends a run.</summary>
/// <param name="Source">The path as a person can open it.</param>
/// <param name="Line">The line, from 1, where lines are documents; otherwise none.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Fix">What can be done about it.</param>
internal sealed record BadDocument(string Source, int? Line, string Problem, string Fix);
