using System.Collections.Frozen;

namespace Assay.Rag.Terms;

/// <summary>Words by which a question asks for a number or a date.</summary>
internal static class NumberWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = FrozenSet
        .ToFrozenSet("when year years many much сколько скольких скольким когда год году года числа".Split(' '), StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word of a query asks for a number, in whatever case it is written.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Lookup.Contains(word);
}
