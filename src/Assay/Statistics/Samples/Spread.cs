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

    /// <remarks>
    /// Moments of data witness by their ends; moments from a summary have no ends (both are the mean), there M2 decides.
    /// </remarks>
    private static bool IsOneNumber(in Moments values)
    {
        var dust = Unit * Math.Max(Math.Abs(values.Min), Math.Abs(values.Max));
        return values.Max - values.Min <= dust && Math.Sqrt(values.M2 / values.Count) <= dust;
    }
}
