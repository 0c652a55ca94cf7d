using System.Collections.Frozen;

namespace Assay.Text;

/// <summary>The words that the description of the English stemmer lists, because its rules would treat them wrongly.</summary>
internal static class EnglishExceptions
{
    private const int Longest = 7;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Stems = new Dictionary<string, string>
    {
        ["skis"] = "ski",
        ["skies"] = "sky",
        ["dying"] = "die",
        ["lying"] = "lie",
        ["tying"] = "tie",
        ["idly"] = "idl",
        ["gently"] = "gentl",
        ["ugly"] = "ugli",
        ["early"] = "earli",
        ["only"] = "onli",
        ["singly"] = "singl",
        ["sky"] = "sky",
        ["news"] = "news",
        ["howe"] = "howe",
        ["atlas"] = "atlas",
        ["cosmos"] = "cosmos",
        ["bias"] = "bias",
        ["andes"] = "andes",
    }
        .ToFrozenDictionary()
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Finished = FrozenSet
        .ToFrozenSet(["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"])
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Writes the listed stem over the word; false where the word is not listed.</summary>
    public static bool TryStem(Span<char> word, int length, out int stemLength)
    {
        stemLength = length;
        if (length > Longest || !Stems.TryGetValue(word[..length], out var stem))
            return false;
        stem.CopyTo(word);
        stemLength = stem.Length;
        return true;
    }

    /// <summary>Whether the word, without its plural, takes no further step.</summary>
    public static bool IsFinished(ReadOnlySpan<char> word) => word.Length is 6 or Longest && Finished.Contains(word);
}
