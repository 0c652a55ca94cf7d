namespace Assay.Statistics.Checking;

/// <summary>How far a number is from the right one.</summary>
internal static class NumberComparison
{
    /// <summary>Numbers closer than this are the same, save probabilities.</summary>
    public const double Floor = 1e-15;

    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>
    /// |got − expected| / |expected|; 0 where the difference is within what a double can tell near 0: <see cref="Floor"/>,
    /// and for a probability one unit of the smallest doubles when it is one of them, or <see cref="Floor"/> when 0 itself is expected.
    /// </summary>
    public static double RelativeError(double expected, double got, bool probability)
    {
        var difference = Math.Abs(got - expected);
        var allowed = probability && expected != 0 ? UnitOf(expected) : Floor;
        return difference <= allowed ? 0 : difference / Math.Abs(expected);
    }

    private static double UnitOf(double expected) => Math.Abs(expected) < SmallestNormal ? double.Epsilon : 0;
}
