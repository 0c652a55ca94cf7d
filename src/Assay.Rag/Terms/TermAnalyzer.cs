using Assay.Text;

namespace Assay.Rag.Terms;

/// <summary>
/// Turns text into index terms: words, normalised, without stop words, stemmed by their script (English or Russian).
/// A term is remembered by the spelling it came from, so that each spelling is stemmed once. Not safe for several threads.
/// </summary>
internal sealed class TermAnalyzer(TermTable table)
{
    /// <summary>What a spelling maps to when it is a stop word or nothing is left of it.</summary>
    public const int NoTerm = -1;

    /// <summary>Longer words are cut: no word of a language is that long, and an index must not be filled by garbage.</summary>
    public const int MaxWordLength = 64;

    /// <summary>Spellings remembered at most; beyond it words are analysed afresh each time.</summary>
    private const int MaxSpellings = 2_000_000;

    static readonly int Cut = int.Parse(Environment.GetEnvironmentVariable("CUT") ?? "99");
    private readonly SpellingCache spellings = new(MaxSpellings);

    /// <summary>Appends the terms of <paramref name="text"/> in reading order.</summary>
    public void Analyze(ReadOnlySpan<char> text, List<int> into)
    {
        var reader = new TokenReader(text);
        while (reader.Read())
        {
            var term = TermOf(text.Slice(reader.Start, Math.Min(reader.Length, MaxWordLength)));
            if (term != NoTerm)
            {
                into.Add(term);
            }
            if (Sub != "") foreach (var g in Grams(text.Slice(reader.Start, reader.Length))) into.Add(table.IdOf(g));
        }
    }

    public static readonly string Sub = Environment.GetEnvironmentVariable("SUB") ?? "";
    public static List<string> Grams(ReadOnlySpan<char> w)
    {
        var res = new List<string>();
        Span<char> b = stackalloc char[300];
        if (w.Length > 64) return res;
        var n = Normalizer.Normalize(w, b);
        var word = b[..n].ToString();
        if (n == 0 || StopWords.IsStopWord(b[..n])) return res;
        if (Sub.Contains('r') && word[0] < 128) return res;
        var k = Sub[1] - '0';
        if (Sub[0] == 'p') { if (Sub.Contains('s')) { n = Stemming.Stem(b, n); } res.Add("\u0001" + b[..Math.Min(n, k)].ToString()); }
        else { if (Sub.Contains('s')) { n = Stemming.Stem(b, n); word = b[..n].ToString(); } var x = Sub.Contains('_') ? "_" + word + "_" : word; if (x.Length <= k) res.Add("\u0001" + x); else for (var i = 0; i + k <= x.Length; i++) res.Add("\u0001" + x.Substring(i, k)); }
        return res;
    }

    private int TermOf(ReadOnlySpan<char> word)
    {
        if (spellings.TryGet(word, out var known))
        {
            return known;
        }

        Span<char> buffer = stackalloc char[(MaxWordLength * 2) + 2];
        var term = TermText(word, buffer);
        var id = term.IsEmpty ? NoTerm : table.IdOf(term);
        spellings.Add(word, id);
        return id;
    }

    /// <summary>The index term of one word, written into <paramref name="buffer"/>; empty when the word is not indexed.</summary>
    public static ReadOnlySpan<char> TermText(ReadOnlySpan<char> word, Span<char> buffer)
    {
        var length = Normalizer.Normalize(word, buffer);
        if (length == 0 || (Environment.GetEnvironmentVariable("SW") == "1" && StopWords.IsStopWord(buffer[..length])))
        {
            return [];
        }

        var n = Stemming.Stem(buffer, length); if (buffer[0] > 127) { n = Math.Min(n, Cut); } return buffer[..n];
    }
}
