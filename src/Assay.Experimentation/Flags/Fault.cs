using System.Buffers;
using System.Runtime.InteropServices;
using Assay.Catalogs;

namespace Assay.Experimentation.Flags;

/// <summary>What is wrong with a flag or an experiment, with its place when it came from a file.</summary>
internal static class Fault
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <param name="entry">Where.</param>
    /// <param name="owner">What it belongs to.</param>
    /// <param name="problem">What is wrong, beginning small.</param>
    /// <param name="fix">What to do.</param>
    /// <param name="inner">The cause.</param>
    public static AssayException At(CatalogEntry entry, FaultOwner owner, string problem, string fix, Exception? inner = null) =>
        AssayException.Usage(entry.Place == CatalogPlace.Nowhere ? $"{owner}: {problem}" : $"{entry.Place}: {owner}: {problem}", fix, inner);

    /// <summary>Refuses an entry that is null, or has no name: <c>null</c> in JSON, <c>~</c> in YAML.</summary>
    public static void Demand(CatalogEntry? entry, FaultOwner owner)
    {
        if (entry is null || string.IsNullOrEmpty(owner.Name))
        {
            throw At(entry ?? new ConditionEntry(), owner, "'' is no name.", "1 to 64 of a-z 0-9 _ - . are allowed, a letter first.");
        }
    }

    /// <summary>Refuses a name that is not 1 to 64 of <c>a-z 0-9 _ - .</c> with a letter first.</summary>
    public static void CheckName(CatalogEntry entry, FaultOwner owner, string? name)
    {
        if (name?.Length is null or 0 or > Limits.NameCharacters || !char.IsAsciiLetterLower(name[0]) || name.AsSpan().ContainsAnyExcept(Letters))
        {
            throw At(entry, owner, $"'{name}' is no name.", "1 to 64 of a-z 0-9 _ - . are allowed, a letter first.");
        }
    }
}

/// <summary>What a fault belongs to; put into words only when there is one.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change">Its override; null for none.</param>
/// <param name="Rule">The rule; null for none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FaultOwner(string Kind, string Name, FlagOverride? Change = null, string? Rule = null)
{
    public static FaultOwner Flag(string name, FlagOverride? change = null) => new("flag", name, change);

    public static FaultOwner Experiment(string name) => new("experiment", name);

    public override string ToString() =>
        $"{Kind} '{Name}'" + (Change is null ? "" : $" (with its override {Change.Version})") + (Rule is null ? "" : $", rule '{Rule}'");
}
