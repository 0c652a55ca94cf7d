using System.Collections.Frozen;

namespace Assay.Rag.Chunking;

/// <summary>
/// Words whose point does not end a sentence although a capital letter or a number may follow.
/// Those that may well end one ("и т. д.", "и др.", "etc.", "Inc.") are not here: before a small letter no point ends a sentence,
/// before a capital one theirs does.
/// </summary>
internal static class Abbreviations
{
    private static readonly FrozenSet<string> Words = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        // Titles before a name.
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "rev",
        "gen",
        "col",
        "capt",
        "lt",
        "sgt",
        "sen",
        "rep",
        "gov",
        "hon",
        "st",
        "messrs",
        "supt",
        "акад",
        "проф",
        "доц",
        "инж",
        "ген",
        "полк",
        "кап",
        "св",
        "гр",
        "тов",
        "чл",
        "корр",
        "канд",
        // References before a number or a name.
        "fig",
        "figs",
        "eq",
        "eqs",
        "ref",
        "refs",
        "sec",
        "ch",
        "vol",
        "vols",
        "no",
        "nos",
        "pp",
        "ed",
        "eds",
        "art",
        "tab",
        "app",
        "ver",
        "рис",
        "табл",
        "гл",
        "разд",
        "стр",
        "прил",
        "изд",
        "ред",
        "вып",
        "илл",
        "ст",
        "пп",
        "подп",
        "абз",
        "см",
        "ср",
        "напр",
        "разг",
        "тел",
        "прим",
        // Addresses.
        "ave",
        "blvd",
        "rd",
        "mt",
        "ft",
        "ул",
        "пр",
        "просп",
        "пер",
        "пл",
        "наб",
        "бул",
        "шос",
        "дом",
        "корп",
        "кв",
        "обл",
        "респ",
        "пос",
        "дер",
        "оз",
        "им",
        "мкр",
        // Latin and its kin in running text.
        "e.g",
        "i.e",
        "eg",
        "ie",
        "cf",
        "viz",
        "vs",
        "ca",
        "approx",
        "al",
        "incl",
        "resp",
        // "т. е.", "т. к.", "т. н.": written with a blank or without. Their first letter stands alone and is caught as an initial is.
        "т.е",
        "т.к",
        "т.н",
        "т.о",
        "т.ч",
        "и.о",
        "в.т.ч",
        // Months, before a day.
        "jan",
        "feb",
        "mar",
        "apr",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
        "янв",
        "фев",
        "февр",
        "апр",
        "авг",
        "сент",
        "окт",
        "нояб",
        "дек"
    );

    /// <summary>
    /// Single small letters that stand for a word and lead on to what follows: "с. 5", "г. Москва", "д. 7", "p. 12", "т. е." and the like.
    /// After a number ("2024 г. Он ...") they may end a sentence.
    /// </summary>
    private const string Letters = "сгдпртеквнояiepcv";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Holds(ReadOnlySpan<char> word) => BySpan.Contains(word);

    public static bool IsLetter(char letter) => Letters.Contains(letter, StringComparison.Ordinal);
}
