namespace Assay.Statistics.Samples;

/// <summary>Counts in words.</summary>
internal static class Counted
{
    /// <summary><c>1 value</c>, <c>7 values</c>.</summary>
    public static string Values(long count) => count == 1 ? "1 value" : $"{count} values";

    /// <summary><c>1 value that is not finite</c>, <c>7 values that are not finite</c>.</summary>
    public static string NotFinite(long count) => count == 1 ? "1 value that is not finite" : $"{count} values that are not finite";
}
