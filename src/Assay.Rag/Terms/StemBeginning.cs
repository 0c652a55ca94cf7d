using Assay.Text;

namespace Assay.Rag.Terms;

/// <summary>
/// The second term of a Cyrillic word: the first letters of its stem, marked. Russian derives freely (космос, космический, космонавт), and a stemmer that
/// takes endings off leaves those words apart; their common beginning brings them together again (n-gram prefixes as conflation:
/// McNamee and Mayfield: Character N-Gram Tokenization for European Language Text Retrieval, 2004). It is searched like any term, with weight 1.
/// English words have none: for them stems alone were found as good.
/// </summary>
internal static class StemBeginning
{
    /// <summary>Stands before the letters. No word begins with it, and it sorts before every letter and digit, so that beginnings have the lowest numbers.</summary>
    public const char Mark = '*';

    /// <summary>What follows <see cref="Mark"/> in code point order: the first text that sorts after every beginning.</summary>
    public const char AfterMark = (char)(Mark + 1);

    /// <summary>Letters kept; 4 and 5 were found alike, 3 and 6 worse (docs/decisions/0005-how-weights-were-chosen.md).</summary>
    public const int Letters = 5;

    /// <summary>Length of the longest beginning with its mark.</summary>
    public const int MaxLength = Letters + 1;

    /// <summary>The beginning that goes with a stem, written into <paramref name="buffer"/>; empty for a word that is not Cyrillic.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> stem, Span<char> buffer)
    {
        if (stem.IsEmpty || Stemming.ScriptOf(stem) != WordScript.Cyrillic)
        {
            return [];
        }

        var length = Math.Min(stem.Length, Letters);
        buffer[0] = Mark;
        stem[..length].CopyTo(buffer[1..]);
        return buffer[..(length + 1)];
    }
}
