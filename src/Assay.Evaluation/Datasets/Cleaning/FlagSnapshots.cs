namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>Which variants the flags had when the cases of a dataset were made, counted.</summary>
internal sealed class FlagSnapshots
{
    /// <summary>What the names of such fields begin with: <c>flag.rag_plus_plus</c>.</summary>
    public const string Prefix = "flag.";

    /// <summary>The most flags that are told, and the most variants of one; the cases of others are counted together.</summary>
    public const int Most = 100;

    private const string Others = "(others)";

    private readonly SortedDictionary<string, SortedDictionary<string, int>> counts = new(StringComparer.Ordinal);
    private int cases;

    /// <summary>The variant that a flag had; null when the case does not say.</summary>
    public static string? Of(Case one, string flag) => one.Fields.GetValueOrDefault(Prefix + flag);

    public void Add(Case one)
    {
        cases++;
        foreach (var (name, variant) in one.Fields.Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var flag = Place(counts, name[Prefix.Length..]);
            if (!counts.TryGetValue(flag, out var variants))
            {
                counts[flag] = variants = new(StringComparer.Ordinal);
            }

            var place = Place(variants, variant);
            variants[place] = variants.GetValueOrDefault(place) + 1;
        }
    }

    public IReadOnlyList<FlagCount> Counts =>
        [.. counts.Select(flag => new FlagCount(flag.Key, flag.Value, flag.Key == Others ? 0 : cases - flag.Value.Values.Sum()))];

    private static string Place<T>(SortedDictionary<string, T> known, string name) => known.ContainsKey(name) || known.Count < Most ? name : Others;
}

/// <summary>A flag in the cases of a dataset.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Variants">Cases by the variant that it had.</param>
/// <param name="Without">Cases that do not say.</param>
internal sealed record FlagCount(string Flag, IReadOnlyDictionary<string, int> Variants, int Without);
