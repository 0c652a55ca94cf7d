namespace Assay.Statistics.Samples;

/// <summary>
/// Variances that do not mistake rounding for variance. A double holds a value to half a unit in its last place, so values
/// which differ by no more than that unit may all stand for one number; a test that divided by such a spread would find a winner in dust.
/// </summary>
internal static class Spread
{
    /// <summary>2⁻⁵²: the unit in the last place of 1.</summary>
    public const double Unit = 1.0 / (1L << 52);

    /// <summary>M2/(n − 1), and 0 when the values are one number up to rounding. Needs two values or more.</summary>
    public static double VarianceOf(in Moments values) => SquaresOf(values) / (values.Count - 1);

    /// <summary>M2, and 0 when the values are one number up to rounding.</summary>
    public static double SquaresOf(in Moments values) => IsOneNumber(values) ? 0 : values.M2;

    /// <summary>Why two arms whose variances are 0 have none: they do not vary, or so little that the square is 0 in a double.</summary>
    public static string WhyNone(in Moments control, in Moments treatment) =>
        IsOneNumber(control) && IsOneNumber(treatment) ? "both arms have no variance" : TooSmall;

    /// <summary>Why values whose variance is 0 have none.</summary>
    public static string WhyNone(in Moments values) =>
        IsOneNumber(values) ? FormattableString.Invariant($"all values are {values.Mean:R}; an interval needs variance") : TooSmall;

    // The smallest double is 4.9e-324, so the square of 1e-162 is 0.
    private const string TooSmall = "the values differ by less than 1e-161, and the squares of that are 0 in a double: measure in a smaller unit";

    /// <remarks>
    /// Moments of data witness by their ends; moments from a summary have no ends (both are the mean), there M2 decides.
    /// </remarks>
    private static bool IsOneNumber(in Moments values)
    {
        var dust = Unit * Math.Max(Math.Abs(values.Min), Math.Abs(values.Max));
        return values.Max - values.Min <= dust && Math.Sqrt(values.M2 / values.Count) <= dust;
    }
}
