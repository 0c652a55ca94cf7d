using Assay.Catalogs;

namespace Assay.Experimentation.Flags;

/// <summary>What is wrong with a flag or an experiment, with its place when it came from a file.</summary>
internal static class Fault
{
    /// <param name="entry">Where.</param>
    /// <param name="owner">What it belongs to, such as <c>flag 'x'</c>.</param>
    /// <param name="problem">What is wrong, beginning small.</param>
    /// <param name="fix">What to do.</param>
    /// <param name="inner">The cause.</param>
    public static AssayException At(CatalogEntry entry, string owner, string problem, string fix, Exception? inner = null) =>
        AssayException.Usage(entry.Place == CatalogPlace.Nowhere ? $"{owner}: {problem}" : $"{entry.Place}: {owner}: {problem}", fix, inner);

    /// <summary>Refuses a name that is not 1 to 64 of <c>a-z 0-9 _ - .</c> with a letter first.</summary>
    public static void CheckName(CatalogEntry entry, string owner, string name)
    {
        var fits =
            name.Length is > 0 and <= Limits.NameCharacters
            && char.IsAsciiLetterLower(name[0])
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.');
        if (!fits)
        {
            throw At(entry, owner, $"'{name}' is no name.", "1 to 64 of a-z 0-9 _ - . are allowed, a letter first.");
        }
    }
}
