using System.Runtime.InteropServices;
using Assay.Rag.Reading;

namespace Assay.Rag.Chunking;

/// <summary>How much of the text's structure a piece still holds.</summary>
internal enum Grain
{
    /// <summary>A whole block.</summary>
    Block,

    /// <summary>A sentence, or a line of code or of a table.</summary>
    Sentence,

    /// <summary>A part of a sentence that is longer than a chunk.</summary>
    Words,
}

/// <summary>What is put into a chunk whole, or taken apart when it is too long.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Piece(TextRange Range, BlockKind Kind, Grain Grain, int Tokens, Section Section)
{
    public bool IsHeading => Kind == BlockKind.Heading;

    /// <summary>Whether it says something: rules and other marks without a word do not make a heading's chunk more than a heading.</summary>
    public bool IsBody => !IsHeading && Tokens > 0;

    /// <summary>The sentences, or the lines where line ends count.</summary>
    public IEnumerable<Piece> Sentences(string text, TokenMap tokens)
    {
        var self = this;
        var ranges =
            Grain != Grain.Block ? [Range]
            : Kind is BlockKind.Code or BlockKind.Table ? Lines(text, Range)
            : SentenceSplitter.Split(text, Range);
        return ranges.Select(range =>
            self with
            {
                Range = range,
                Grain = self.Grain == Grain.Words ? Grain.Words : Grain.Sentence,
                Tokens = tokens.Count(range),
            }
        );
    }

    private static IEnumerable<TextRange> Lines(string text, TextRange block)
    {
        for (var at = block.Start; at < block.End; )
        {
            var length = text.AsSpan(at, block.End - at).IndexOf('\n');
            var next = length < 0 ? block.End : at + length + 1;
            var line = TextRange.Trimmed(text, at, next);
            if (!line.IsEmpty)
            {
                yield return line;
            }

            at = next;
        }
    }
}
