using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>The variance of what a linear prediction leaves over.</summary>
internal static class LinearResidual
{
    /// <summary>Each moment is right to about a unit in its last place; four of them for the products.</summary>
    private const double Dust = 4 * Spread.Unit;

    /// <summary>
    /// s_y² − 2b·s_xy + b²·s_x²: the variance of y − b·x. 0 when it is no more than the rounding of the three terms,
    /// as when y is b·x up to a constant. Not a number when the covariance is beyond the range of a double.
    /// </summary>
    public static double VarianceOf(in Moments y, in Moments x, double? covariance, double b)
    {
        var (ofY, ofX, both) = (Spread.VarianceOf(y), b * b * Spread.VarianceOf(x), 2 * b * (covariance ?? double.NaN));
        var variance = ofY - both + ofX;
        var terms = ofY + Math.Abs(both) + ofX;
        return double.IsFinite(terms) && variance <= Dust * terms ? 0 : variance;
    }
}
