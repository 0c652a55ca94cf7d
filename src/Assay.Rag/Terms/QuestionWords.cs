using System.Collections.Frozen;

namespace Assay.Rag.Terms;

/// <summary>
/// Words by which a question asks. Few passages have them, so that an index takes them for telling, but they say nothing about the answer; a query is
/// searched without them. Documents keep them.
/// </summary>
internal static class QuestionWords
{
    private const string Words = """
        what which who whom whose when where why how
        какой какая какое какие какого какому каким каком какую каких какими который которая которое которые которого которому
        котором которую которых которыми сколько скольких почему зачем отчего кто кого кому кем что чего чему чем чей чья чье чьи
        каков какова каково каковы где куда откуда когда как насколько
        """;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = FrozenSet
        .ToFrozenSet(Words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word asks, as it is written in a query.</summary>
    public static bool Asks(ReadOnlySpan<char> word)
    {
        Span<char> buffer = stackalloc char[TermAnalyzer.MaxWordLength];
        return word.Length <= buffer.Length && Contains(buffer[..Text.Normalizer.Normalize(word, buffer)]);
    }

    /// <summary>Whether a normalised word asks.</summary>
    public static bool Contains(ReadOnlySpan<char> normalisedWord) => Lookup.Contains(normalisedWord);
}
