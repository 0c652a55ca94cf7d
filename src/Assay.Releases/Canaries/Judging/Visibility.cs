namespace Assay.Releases.Canaries.Judging;

/// <summary>What figures of a size could show: the effect that is proven with a chance of 80 %.</summary>
internal static class Visibility
{
    /// <summary>The chance with which an effect is to be proven.</summary>
    public const double Power = 0.8;

    // The normal quantile of Power.
    private const double Quantile = 0.8416212335729143;
    private const double MostRise = 1e6;
    private const int Halvings = 40;

    /// <summary>A count of this mean as it is at least with a chance of <see cref="Power"/>: a Poisson count by its normal limit.</summary>
    public static double Unlucky(double mean) => Math.Max(0, mean - (Quantile * Math.Sqrt(mean)));

    /// <summary>A difference beyond what would just be proven, by so many standard errors.</summary>
    public static double Beyond(double standardError) => Quantile * standardError;

    /// <summary>The smallest rise, as a ratio above 1, from which on something is proven; null when none is.</summary>
    public static double? Rise(Func<double, bool> isProven)
    {
        var (fails, proven) = (1.0, 2.0);
        while (!isProven(proven))
        {
            (fails, proven) = (proven, proven * 2);
            if (proven > MostRise)
            {
                return null;
            }
        }

        for (var i = 0; i < Halvings && proven - fails > 1e-3 * fails; i++)
        {
            var middle = (fails + proven) / 2;
            (fails, proven) = isProven(middle) ? (fails, middle) : (middle, proven);
        }

        return proven;
    }
}
