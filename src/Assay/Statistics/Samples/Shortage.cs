namespace Assay.Statistics.Samples;

/// <summary>What an arm lacks before a method can use it, in words for a <see cref="NotComputable"/>.</summary>
internal static class Shortage
{
    private const string NeededForVariance = "a variance needs 2";

    /// <summary>Null when both arms have values enough for a variance each.</summary>
    public static string? OfVariances(in Moments control, in Moments treatment) => OfVariance("control", control) ?? OfVariance("treatment", treatment);

    /// <summary>Null when the values are finite and there are two or more.</summary>
    public static string? OfVariance(string arm, in Moments values) => Of(arm, values, 2, NeededForVariance);

    /// <summary>Null when the values are finite and there are <paramref name="least"/> or more.</summary>
    public static string? Of(string arm, in Moments values, int least, string need) =>
        OfNotFinite(arm, values.NotFinite)
        ?? (values.Count >= least ? null : $"the {arm} has {(values.Count == 0 ? "no values" : Counted.Values(values.Count))}; {need}");

    private static string? OfNotFinite(string arm, long notFinite) => notFinite == 0 ? null : $"the {arm} has {Counted.NotFinite(notFinite)} (NaN or infinity)";
}
