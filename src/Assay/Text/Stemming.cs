namespace Assay.Text;

/// <summary>Stems a word by the rules of the language that its letters suggest.</summary>
public static class Stemming
{
    /// <summary>
    /// Stems <c>word[..length]</c> in place: Russian with any Cyrillic letter, English with nothing but a-z and apostrophes,
    /// and otherwise not at all. The stem is never longer than the word.
    /// </summary>
    /// <param name="word">A word as <see cref="Normalizer"/> writes it.</param>
    /// <param name="length">The length of the word, 0 to the length of the span.</param>
    /// <returns>The length of the stem, which begins the span.</returns>
    public static int Stem(Span<char> word, int length) =>
        ScriptOf(word[..length]) switch
        {
            WordScript.Cyrillic => RussianStemmer.Stem(word, length),
            WordScript.English => EnglishStemmer.Stem(word, length),
            _ => length,
        };

    /// <summary>The script of a normalised word.</summary>
    public static WordScript ScriptOf(ReadOnlySpan<char> word)
    {
        var english = word.Length > 0;
        foreach (var letter in word)
        {
            // Cyrillic and its supplement.
            if (letter is >= '\u0400' and <= '\u052F')
                return WordScript.Cyrillic;
            english &= letter is (>= 'a' and <= 'z') or '\'';
        }
        return english ? WordScript.English : WordScript.Other;
    }
}
