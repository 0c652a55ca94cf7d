using System.Runtime.InteropServices;

namespace Assay.Rag.Reading;

/// <summary>A piece of a text, in UTF-16 positions.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextRange(int Start, int End)
{
    public int Length => End - Start;

    public bool IsEmpty => End <= Start;

    /// <summary>The same piece without white space at its ends; empty where there is nothing else.</summary>
    public static TextRange Trimmed(ReadOnlySpan<char> text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return new TextRange(start, end);
    }
}
