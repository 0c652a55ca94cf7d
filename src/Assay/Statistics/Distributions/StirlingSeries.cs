namespace Assay.Statistics.Distributions;

/// <summary>What Stirling's formula lacks to ln Γ, so that sums of large ln Γ can be written without their large parts.</summary>
internal static class StirlingSeries
{
    /// <summary>ln √(2π).</summary>
    public const double LogRootOfTwoPi = 0.918938533204672741780;

    private const double LeastOfSeries = 20;

    /// <summary>ln Γ(x) − ((x − ½) ln x − x + ln √(2π)), for x &gt; 0.</summary>
    public static double Rest(double x)
    {
        var steps = 0.0;
        while (x < LeastOfSeries)
        {
            steps += StepDown(x);
            x++;
        }

        return Series(x) + steps;
    }

    // Rest(x) − Rest(x + 1) = (x + ½) ln(1 + 1/x) − 1
    private static double StepDown(double x) => ((x + 0.5) * double.LogP1(1 / x)) - 1;

    // Bernoulli numbers over 2k(2k − 1); NIST DLMF 5.11.1. At x = 20 the next term is below 1e-17.
    private static double Series(double x)
    {
        var r = 1 / (x * x);
        return ((1.0 / 12) - (r * ((1.0 / 360) - (r * ((1.0 / 1260) - (r * ((1.0 / 1680) - (r * ((1.0 / 1188) - (r * (691.0 / 360360))))))))))) / x;
    }
}
