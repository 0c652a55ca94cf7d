namespace Assay.Statistics.Distributions;

/// <summary>
/// The noncentral t distribution: T = (Z + δ)/S with Z standard normal and S = √(χ²/ν) independent of it, for real ν &gt; 0.
/// P(T &gt; t) = ∫ P(Z &gt; t·s − δ) f_S(s) ds is taken over u = ln s as a sum of positive terms, so neither tail loses digits, however far out.
/// Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 31.
/// </summary>
internal static class NoncentralT
{
    private const double LogOf2 = 0.693147180559945309417;

    /// <summary>ln P(T &gt; t), for finite t and δ.</summary>
    public static double LogUpper(double t, double df, double delta) =>
        t < delta ? NearOne.LogOfComplement(LogSmallerTail(-t, df, -delta)) : LogSmallerTail(t, df, delta);

    /// <summary>ln P(T ≤ t).</summary>
    public static double LogLower(double t, double df, double delta) => LogUpper(-t, df, -delta);

    // For t ≥ δ, where the upper tail is the smaller one or about as large as the other.
    private static double LogSmallerTail(double t, double df, double delta)
    {
        if (t == 0)
        {
            return Normal.LogUpper(-delta);
        }

        var integrand = new NoncentralTIntegrand(t, df, delta);
        var mode = integrand.Mode();
        var half = df / 2;
        var scale = LogOf2 + (Math.Log(half) / 2) - Stirling.HalfLogOfTwoPi - Stirling.Error(half);
        return scale + SinhTrapezoid.LogIntegral(integrand.Log, mode, integrand.WidthAt(mode));
    }
}
