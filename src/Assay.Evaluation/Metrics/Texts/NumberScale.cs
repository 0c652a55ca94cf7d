using System.Collections.Frozen;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>Words that multiply the number before them, on the short scale that English and Russian news use.</summary>
internal static class NumberScale
{
    private static readonly FrozenDictionary<string, decimal> Words = Forms(
            (1e3m, "thousand thousands тыс тысяча тысячи тысяч тысячу тысячам тысячами тысячах"),
            (1e6m, "million millions mln млн миллион миллиона миллионов миллионам миллионами миллионах"),
            (1e9m, "billion billions bn млрд миллиард миллиарда миллиардов миллиардам миллиардами миллиардах"),
            (1e12m, "trillion trillions трлн триллион триллиона триллионов триллионам триллионами триллионах")
        )
        .ToFrozenDictionary();

    private static readonly FrozenDictionary<string, decimal>.AlternateLookup<ReadOnlySpan<char>> BySpan = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What the word multiplies by; 1 for every other word.</summary>
    /// <param name="word">A normalised word.</param>
    public static decimal Of(ReadOnlySpan<char> word) => BySpan.TryGetValue(word, out var scale) ? scale : 1;

    private static IEnumerable<KeyValuePair<string, decimal>> Forms(params (decimal Scale, string Words)[] scales) =>
        scales.SelectMany(scale => scale.Words.Split(' ').Select(word => KeyValuePair.Create(word, scale.Scale)));
}
