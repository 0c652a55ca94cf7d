namespace Assay.Statistics.Checking;

/// <summary>What the name of an expected field says about how it is compared.</summary>
internal static class FieldRule
{
    /// <summary>Fields that other tools computed, and words to the reader: not compared.</summary>
    public static bool IsIgnored(string name) =>
        name is "scipy" or "statsmodels" or "note" or "source" or "comment"
        || name.StartsWith("scipy_", StringComparison.Ordinal)
        || name.StartsWith("statsmodels_", StringComparison.Ordinal);

    /// <summary>
    /// Whether the field is a probability, for which nothing is near 0: 1e-146 is another answer than 0. It is one by name,
    /// or because its logarithm stands beside it.
    /// </summary>
    public static bool IsProbability(string name, ReferenceObject among) =>
        !IsLogarithm(name) && (IsNamedSo(name) || among[$"log10_{name}"] is ReferenceNumber || (name == "value" && among["log10"] is ReferenceNumber));

    private static bool IsLogarithm(string name) => name.StartsWith("log", StringComparison.Ordinal);

    private static bool IsNamedSo(string name) =>
        name.StartsWith('p') || name == "adjusted" || name.EndsWith("_p", StringComparison.Ordinal) || name.Contains("_p_", StringComparison.Ordinal);
}
