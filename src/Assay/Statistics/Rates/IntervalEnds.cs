using Assay.Statistics.Distributions;

namespace Assay.Statistics.Rates;

/// <summary>Which ends an interval keeps under an alternative, and the normal quantile that goes with them.</summary>
internal static class IntervalEnds
{
    /// <summary>The whole of alpha lies beyond one end, or half of it beyond each of two.</summary>
    public static double Z(double alpha, Alternative alternative) => Normal.UpperQuantile(alternative == Alternative.TwoSided ? alpha / 2 : alpha);

    public static Interval Keep(double low, double high, double alpha, Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => new Interval(low, null, 1 - alpha),
            Alternative.Less => new Interval(null, high, 1 - alpha),
            _ => new Interval(low, high, 1 - alpha),
        };
}
