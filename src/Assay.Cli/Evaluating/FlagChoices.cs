using Assay.Evaluation.Datasets.Cleaning;
using Assay.Experimentation.Flags;
using Assay.Text;

namespace Assay.Cli.Evaluating;

/// <summary><c>--flag NAME=VARIANT</c>: which cases of a dataset stay, checked against the flags of the catalog.</summary>
internal static class FlagChoices
{
    /// <exception cref="AssayException">A choice is no pair, or the catalog has no such flag or variant (exit code 2).</exception>
    public static IReadOnlyList<FlagFilter> Read(IReadOnlyList<string> choices, string catalog)
    {
        if (choices.Count == 0)
        {
            return [];
        }

        var flags = FlagSet.Build(FlagCatalog.Read(catalog), []);
        return [.. choices.Select(choice => Read(choice, flags, catalog))];
    }

    private static FlagFilter Read(string choice, FlagSet flags, string catalog)
    {
        if (choice.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } variant])
        {
            throw AssayException.Usage($"--flag '{choice}' is no flag and variant.", "Write it like --flag rag_plus_plus=on.");
        }

        var known = flags.All.Select(one => one.Name).ToList();
        var flag =
            flags.All.FirstOrDefault(one => one.Name == name)
            ?? throw AssayException.Usage($"The catalog '{catalog}' defines no flag '{name}'.", Known(Names.Nearest(name, known), known, "flags"));
        var variants = flag.Variants.Select(one => one.Name).ToList();
        return variants.Contains(variant)
            ? new FlagFilter(name, variant, flags.Fingerprint)
            : throw AssayException.Usage($"The flag '{name}' has no variant '{variant}'.", Known(nearest: null, variants, "variants"));
    }

    private static string Known(string? nearest, List<string> known, string what) =>
        nearest is not null ? $"Did you mean '{nearest}'?"
        : known.Count == 0 ? $"There are no {what}: name another catalog with --catalog."
        : $"Known {what}: {string.Join(", ", known)}.";
}
