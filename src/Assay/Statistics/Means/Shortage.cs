using System.Globalization;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

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
        OfNotFinite(arm, values.NotFinite) ?? (values.Count >= least ? null : $"the {arm} has {Counted(values.Count)}; {need}");

    private static string? OfNotFinite(string arm, long notFinite) =>
        notFinite switch
        {
            0 => null,
            1 => $"the {arm} has 1 value that is not finite (NaN or infinity)",
            _ => string.Create(CultureInfo.InvariantCulture, $"the {arm} has {notFinite} values that are not finite (NaN or infinity)"),
        };

    private static string Counted(long count) =>
        count switch
        {
            0 => "no values",
            1 => "1 value",
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} values"),
        };
}
