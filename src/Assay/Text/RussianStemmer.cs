namespace Assay.Text;

/// <summary>
/// The Snowball Russian stemmer, written from its published description (snowballstem.org, as of version 2.2).
/// </summary>
public static class RussianStemmer
{
    private const string AOrYa = "ая";

    private static readonly EndingTable PerfectiveGerund = new([
        .. EndingTable.RemovedAfter(AOrYa, "в вши вшись"),
        .. EndingTable.Removed("ив ивши ившись ыв ывши ывшись"),
    ]);

    private static readonly EndingTable Reflexive = new(EndingTable.Removed("ся сь"));

    private static readonly EndingTable Adjective = new(
        EndingTable.Removed("ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею")
    );

    private static readonly EndingTable Participle = new([.. EndingTable.RemovedAfter(AOrYa, "ем нн вш ющ щ"), .. EndingTable.Removed("ивш ывш ующ")]);

    private static readonly EndingTable Verb = new([
        .. EndingTable.RemovedAfter(AOrYa, "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно"),
        .. EndingTable.Removed("ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю"),
    ]);

    private static readonly EndingTable Noun = new(
        EndingTable.Removed("а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я")
    );

    private static readonly EndingTable FinalI = new(EndingTable.Removed("и"));

    private static readonly EndingTable Derivational = new(EndingTable.Removed("ост ость"));

    private static readonly EndingTable Superlative = new(EndingTable.Removed("ейш ейше"));

    private static readonly EndingTable DoubleNOrSoftSign = new([.. EndingTable.RemovedAfter("н", "н"), .. EndingTable.Removed("ь")]);

    private static readonly EndingTable DoubleN = new(EndingTable.RemovedAfter("н", "н"));

    /// <summary>Stems <c>word[..length]</c> in place; the stem is never longer than the word. The letter ё counts as е.</summary>
    /// <param name="word">A lower-case word of а-я; other characters count as consonants.</param>
    /// <param name="length">The length of the word, 0 to the length of the span.</param>
    /// <returns>The length of the stem, which begins the span.</returns>
    public static int Stem(Span<char> word, int length)
    {
        word[..length].Replace('ё', 'е');
        var rv = AfterVowel(word[..length], 0);
        var r2 = SecondRegion(word[..length], rv);
        length = Inflection(word, length, rv);
        length = FinalI.Apply(word, length, rv, rv);
        length = Derivational.Apply(word, length, rv, r2);
        return TidyUp(word, length, rv);
    }

    private static int Inflection(Span<char> word, int length, int rv)
    {
        var shorter = PerfectiveGerund.Apply(word, length, rv, rv);
        if (shorter < length)
            return shorter;
        length = Reflexive.Apply(word, length, rv, rv);
        shorter = Adjective.Apply(word, length, rv, rv);
        if (shorter < length)
            return Participle.Apply(word, shorter, rv, rv);
        shorter = Verb.Apply(word, length, rv, rv);
        return shorter < length ? shorter : Noun.Apply(word, length, rv, rv);
    }

    private static int TidyUp(Span<char> word, int length, int rv)
    {
        var shorter = Superlative.Apply(word, length, rv, rv);
        return shorter < length ? DoubleN.Apply(word, shorter, rv, rv) : DoubleNOrSoftSign.Apply(word, length, rv, rv);
    }

    /// <summary>The region after the second consonant that follows a vowel, looked for from the first vowel on.</summary>
    private static int SecondRegion(ReadOnlySpan<char> word, int rv) => AfterConsonant(word, AfterVowel(word, AfterConsonant(word, rv)));

    private static int AfterVowel(ReadOnlySpan<char> word, int from)
    {
        while (from < word.Length && !IsVowel(word[from]))
            from++;
        return Math.Min(from + 1, word.Length);
    }

    private static int AfterConsonant(ReadOnlySpan<char> word, int from)
    {
        while (from < word.Length && IsVowel(word[from]))
            from++;
        return Math.Min(from + 1, word.Length);
    }

    private static bool IsVowel(char letter) => letter is 'а' or 'е' or 'и' or 'о' or 'у' or 'ы' or 'э' or 'ю' or 'я';
}
