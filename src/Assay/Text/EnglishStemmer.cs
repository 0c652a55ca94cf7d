namespace Assay.Text;

/// <summary>
/// The Snowball English stemmer (Porter2), written from its published description (snowballstem.org, as of version 2.2).
/// </summary>
public static class EnglishStemmer
{
    private const string NotAtEndOfShortSyllable = "aeiouywxY";

    // A plain suffix list would overstem these beginnings: general and generate are not one word.
    private static readonly string[] FixedBeginnings = ["gener", "commun", "arsen"];

    private static readonly EndingTable Possessives = new(EndingTable.Removed("' 's 's'"));

    private static readonly EndingTable Step2 = new(
        new("tional", "tion"),
        new("enci", "ence"),
        new("anci", "ance"),
        new("abli", "able"),
        new("entli", "ent"),
        new("izer", "ize"),
        new("ization", "ize"),
        new("ational", "ate"),
        new("ation", "ate"),
        new("ator", "ate"),
        new("alism", "al"),
        new("aliti", "al"),
        new("alli", "al"),
        new("fulness", "ful"),
        new("ousli", "ous"),
        new("ousness", "ous"),
        new("iveness", "ive"),
        new("iviti", "ive"),
        new("biliti", "ble"),
        new("bli", "ble"),
        new("ogi", "og", After: "l"),
        new("fulli", "ful"),
        new("lessli", "less"),
        new("li", "", After: "cdeghkmnrt")
    );

    private static readonly EndingTable Step3 = new(
        new("tional", "tion"),
        new("ational", "ate"),
        new("alize", "al"),
        new("icate", "ic"),
        new("iciti", "ic"),
        new("ical", "ic"),
        new("ful"),
        new("ness")
    );

    private static readonly EndingTable Step4 = new([
        .. EndingTable.Removed("al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize"),
        .. EndingTable.RemovedAfter("st", "ion"),
    ]);

    /// <summary>Stems <c>word[..length]</c> in place; the stem is never longer than the word.</summary>
    /// <param name="word">A lower-case word of a-z and apostrophes; other characters count as consonants.</param>
    /// <param name="length">The length of the word, 0 to the length of the span.</param>
    /// <returns>The length of the stem, which begins the span.</returns>
    public static int Stem(Span<char> word, int length)
    {
        if (length < 3)
            return length;
        if (EnglishExceptions.TryStem(word, length, out var known))
            return known;
        length = WithoutLeadingApostrophe(word, length);
        MarkConsonantY(word[..length]);
        var r1 = FirstRegion(word[..length]);
        length = Suffixes(word, length, r1, AfterSyllable(word[..length], r1));
        word[..length].Replace('Y', 'y');
        return length;
    }

    private static int Suffixes(Span<char> word, int length, int r1, int r2)
    {
        length = Possessives.Apply(word, length, 0, 0);
        length = Plural(word, length);
        if (EnglishExceptions.IsFinished(word[..length]))
            return length;
        length = PastAndProgressive(word, length, r1);
        length = FinalY(word, length);
        length = Step2.Apply(word, length, 0, r1);
        length = word[..length].EndsWith("ative") ? Ative(length, r2) : Step3.Apply(word, length, 0, r1);
        length = Step4.Apply(word, length, 0, r2);
        return FinalEOrL(word, length, r1, r2);
    }

    private static int WithoutLeadingApostrophe(Span<char> word, int length)
    {
        if (word[0] != '\'')
            return length;
        word[1..length].CopyTo(word);
        return length - 1;
    }

    // A y that is a consonant is written Y while the steps run, as the description has it.
    private static void MarkConsonantY(Span<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == 'y' && (i == 0 || IsVowel(word[i - 1])))
                word[i] = 'Y';
        }
    }

    private static int FirstRegion(ReadOnlySpan<char> word)
    {
        foreach (var beginning in FixedBeginnings)
        {
            if (word.StartsWith(beginning))
                return beginning.Length;
        }
        return AfterSyllable(word, 0);
    }

    /// <summary>The place after the first consonant that follows a vowel, or the end of the word.</summary>
    private static int AfterSyllable(ReadOnlySpan<char> word, int from)
    {
        var i = from;
        while (i < word.Length && !IsVowel(word[i]))
            i++;
        while (i < word.Length && IsVowel(word[i]))
            i++;
        return Math.Min(i + 1, word.Length);
    }

    private static int Plural(ReadOnlySpan<char> word, int length)
    {
        word = word[..length];
        if (word.EndsWith("sses"))
            return length - 2;
        if (word.EndsWith("ied") || word.EndsWith("ies"))
            return length > 4 ? length - 2 : length - 1;
        if (!word.EndsWith("s") || word.EndsWith("us") || word.EndsWith("ss"))
            return length;
        // The vowel may not be the letter right before the s: gas and this keep theirs, gaps does not.
        return length > 2 && HasVowel(word[..(length - 2)]) ? length - 1 : length;
    }

    private static int PastAndProgressive(Span<char> word, int length, int r1)
    {
        ReadOnlySpan<char> view = word[..length];
        var eed =
            view.EndsWith("eed") ? 3
            : view.EndsWith("eedly") ? 5
            : 0;
        if (eed > 0)
            return length - eed >= r1 ? length - eed + 2 : length;
        var removed = PastOrProgressiveLength(view);
        return removed > 0 && HasVowel(view[..^removed]) ? Mend(word, length - removed, r1) : length;
    }

    private static int PastOrProgressiveLength(ReadOnlySpan<char> word)
    {
        if (word.EndsWith("ed"))
            return 2;
        if (word.EndsWith("ing"))
            return 3;
        if (word.EndsWith("edly"))
            return 4;
        return word.EndsWith("ingly") ? 5 : 0;
    }

    /// <summary>Gives back the e, or takes the doubled letter, that the removed -ed or -ing had changed.</summary>
    private static int Mend(Span<char> word, int length, int r1)
    {
        ReadOnlySpan<char> stem = word[..length];
        if (stem.EndsWith("at") || stem.EndsWith("bl") || stem.EndsWith("iz"))
            return WithE(word, length);
        if (length > 1 && stem[^1] == stem[^2] && "bdfgmnprt".Contains(stem[^1]))
            return length - 1;
        return length == r1 && EndsInShortSyllable(stem) ? WithE(word, length) : length;
    }

    // There is always room: this follows the removal of at least two letters.
    private static int WithE(Span<char> word, int length)
    {
        word[length] = 'e';
        return length + 1;
    }

    private static int FinalY(Span<char> word, int length)
    {
        if (length > 2 && word[length - 1] is 'y' or 'Y' && !IsVowel(word[length - 2]))
            word[length - 1] = 'i';
        return length;
    }

    private static int Ative(int length, int r2) => length - 5 >= r2 ? length - 5 : length;

    private static int FinalEOrL(ReadOnlySpan<char> word, int length, int r1, int r2)
    {
        var last = length - 1;
        if (last < 0 || last < r1)
            return length;
        if (word[last] == 'e' && (last >= r2 || !EndsInShortSyllable(word[..last])))
            return last;
        return word[last] == 'l' && last >= r2 && last > 0 && word[last - 1] == 'l' ? last : length;
    }

    private static bool EndsInShortSyllable(ReadOnlySpan<char> word) =>
        word.Length switch
        {
            < 2 => false,
            2 => IsVowel(word[0]) && !IsVowel(word[1]),
            _ => !NotAtEndOfShortSyllable.Contains(word[^1]) && IsVowel(word[^2]) && !IsVowel(word[^3]),
        };

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (IsVowel(letter))
                return true;
        }
        return false;
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
