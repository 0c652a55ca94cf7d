using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Assay.Rag.Storage;

namespace Assay.Rag.Terms;

/// <summary>Reads the front-coded terms of a lexicon one after another, from the first of a block on.</summary>
internal ref struct LexiconCursor(ReadOnlySpan<byte> bytes, int position, int number)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private TermBytes term;
    private int position = position;
    private int length;

    /// <summary>The number of the term that comes next.</summary>
    public int Number { get; private set; } = number;

    /// <summary>The term read last, in UTF-8.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Term => ((ReadOnlySpan<byte>)term)[..length];

    /// <summary>Reads the next term.</summary>
    public void Next()
    {
        var shared = Number % Lexicon.BlockSize == 0 ? 0 : (int)Varint.Read(bytes, ref position);
        var rest = (int)Varint.Read(bytes, ref position);
        bytes.Slice(position, rest).CopyTo(((Span<byte>)term)[shared..]);
        position += rest;
        length = shared + rest;
        Number++;
    }

    [InlineArray(TermAnalyzer.MaxWordLength * 8)]
    private struct TermBytes
    {
        private byte first;
    }
}
