namespace Assay.Rag.Reranking;

/// <summary>Counts characters in UTF-8 without decoding it.</summary>
internal static class Utf8Letters
{
    /// <summary>Whole characters; one that is cut off at the end is not counted.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i += Width(text[i]))
        {
            count += i + Width(text[i]) <= text.Length ? 1 : 0;
        }

        return count;
    }

    /// <summary>The bytes of the first characters; empty when there are fewer.</summary>
    public static ReadOnlySpan<byte> Beginning(ReadOnlySpan<byte> text, int characters)
    {
        var position = 0;
        for (var i = 0; i < characters && position < text.Length; i++)
        {
            position += Width(text[position]);
        }

        return position <= text.Length && Count(text[..position]) == characters ? text[..position] : [];
    }

    /// <summary>Whether the text begins with a digit: numbers that begin alike are not alike.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) => !text.IsEmpty && text[0] is >= (byte)'0' and <= (byte)'9';

    private static int Width(byte first) =>
        first switch
        {
            < 0x80 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            _ => 4,
        };
}
