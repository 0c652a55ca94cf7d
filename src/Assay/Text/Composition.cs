using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace Assay.Text;

/// <summary>
/// Puts letters and the marks that follow them together: и and a breve become й, as in Unicode's form NFC. The runtime does not do that where
/// globalization is invariant. Marks are taken in the order in which they stand, and characters that NFC replaces by others (K of kelvin) stay.
/// </summary>
public static class Composition
{
    private const string Resource = "Assay.Text.compositions.txt";

    // Hangul syllables are computed: The Unicode Standard, section 3.12.
    private const int FirstLead = 0x1100,
        FirstVowel = 0x1161,
        FirstTail = 0x11A7,
        FirstSyllable = 0xAC00,
        Leads = 19,
        Vowels = 21,
        Tails = 28;

    private static readonly FrozenDictionary<int, char> Pairs = Read();

    private static readonly SearchValues<char> Seconds = SearchValues.Create([
        .. Pairs.Keys.Select(pair => (char)(pair & 0xFFFF)).Distinct(),
        .. Enumerable.Range(FirstVowel, Vowels).Concat(Enumerable.Range(FirstTail + 1, Tails - 1)).Select(c => (char)c),
    ]);

    /// <summary>The text with its letters and marks composed; the same text when there is nothing to compose. Linear in its length.</summary>
    public static string Compose(string text)
    {
        var first = text.AsSpan().IndexOfAny(Seconds);
        if (first < 0)
        {
            return text;
        }

        var room = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(room);
        var composed = new string(room, 0, Compose(room.AsSpan(0, text.Length), Math.Max(1, first)));
        ArrayPool<char>.Shared.Return(room);
        return composed;
    }

    private static int Compose(Span<char> text, int from)
    {
        var written = from;
        for (var i = from; i < text.Length; i++)
        {
            if (Composed(text[written - 1], text[i]) is { } both)
            {
                text[written - 1] = both;
            }
            else
            {
                text[written++] = text[i];
            }
        }

        return written;
    }

    private static char? Composed(char letter, char mark) => Pairs.TryGetValue(Pair(letter, mark), out var both) ? both : Syllable(letter, mark);

    private static char? Syllable(char first, char second)
    {
        if (first - FirstLead is >= 0 and < Leads && second - FirstVowel is >= 0 and < Vowels)
        {
            return (char)(FirstSyllable + (((first - FirstLead) * Vowels) + second - FirstVowel) * Tails);
        }

        var syllable = first - FirstSyllable;
        return syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && second - FirstTail is > 0 and < Tails
            ? (char)(first + second - FirstTail)
            : null;
    }

    private static int Pair(char letter, char mark) => (letter << 16) | mark;

    private static FrozenDictionary<int, char> Read()
    {
        using var lines = new StreamReader(typeof(Composition).Assembly.GetManifestResourceStream(Resource)!);
        var pairs = new Dictionary<int, char>();
        while (lines.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                var mark = Code(line.AsSpan(0, 4));
                foreach (var pair in line[6..].Split(' '))
                {
                    pairs.Add(Pair(Code(pair.AsSpan(0, 4)), mark), Code(pair.AsSpan(5, 4)));
                }
            }
        }

        return pairs.ToFrozenDictionary();
    }

    private static char Code(ReadOnlySpan<char> digits) => (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
