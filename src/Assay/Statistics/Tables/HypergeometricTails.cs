using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tables;

/// <summary>
/// Tails of the hypergeometric distribution: X of the <paramref name="Marked"/> are among <paramref name="Drawn"/> of
/// <paramref name="Population"/>. A tail is its nearest mass times a sum of ratios of neighbours, which ends once it no longer grows:
/// after about eight standard deviations at most, however large the population.
/// </summary>
internal readonly record struct HypergeometricTails(long Population, long Marked, long Drawn)
{
    private long Least => Math.Max(0, Drawn - (Population - Marked));

    private long Most => Math.Min(Drawn, Marked);

    /// <summary>The likeliest X; the larger when two are.</summary>
    public long Mode => (long)(((Int128)Drawn + 1) * ((Int128)Marked + 1) / ((Int128)Population + 2));

    /// <summary>ln P(X = x).</summary>
    public double LogMass(long x) => LogChoose(Marked, x) + LogChoose(Population - Marked, Drawn - x) - LogChoose(Population, Drawn);

    /// <summary>ln P(X ≥ x).</summary>
    public double LogUpper(long x) => x > Mode ? LogFar(x, 1) : Complement(LogFar(x - 1, -1));

    /// <summary>ln P(X ≤ x).</summary>
    public double LogLower(long x) => x < Mode ? LogFar(x, -1) : Complement(LogFar(x + 1, 1));

    /// <summary>ln of the sum of all masses not above that of x; masses are equal when they differ by a share of 1e-7 at most.</summary>
    public double LogAsRare(long x)
    {
        const double share = 1e-7;
        var bound = LogMass(x) + share;
        if (LogMass(Mode) <= bound)
        {
            return 0;
        }

        return x < Mode
            ? LogSum(LogFar(x, -1), LogFar(FirstAtMost(bound, Mode, Most + 1), 1))
            : LogSum(LogFar(x, 1), LogFar(-FirstAtMost(bound, -Mode, 1 - Least), -1));
    }

    /// <summary>
    /// The first place past <paramref name="above"/>, walking away from the mode, whose mass is at most the bound. Places below the mode are
    /// given with their sign turned, so that both ways ascend; <paramref name="beyond"/> has no mass.
    /// </summary>
    private long FirstAtMost(double bound, long above, long beyond)
    {
        while (beyond - above > 1)
        {
            var middle = above + ((beyond - above) / 2);
            (above, beyond) = LogMass(Math.Abs(middle)) > bound ? (middle, beyond) : (above, middle);
        }

        return beyond;
    }

    /// <summary>ln of the mass at x and all beyond it in the direction of <paramref name="step"/>, away from the mode.</summary>
    private double LogFar(long x, int step)
    {
        if (x < Least || x > Most)
        {
            return double.NegativeInfinity;
        }

        var (sum, term) = (0.0, 1.0);
        for (var k = x; term > sum * 1e-18; k += step)
        {
            sum += term;
            term *= step > 0 ? Growth(k) : 1 / Growth(k - 1);
        }

        return LogMass(x) + Math.Log(sum);
    }

    /// <summary>P(X = k + 1)/P(X = k).</summary>
    private double Growth(long k) => (double)(Marked - k) / (k + 1) * ((double)(Drawn - k) / (Population - Marked - Drawn + k + 1));

    private static double Complement(double log) => double.LogP1(-Math.Exp(log));

    private static double LogSum(double a, double b) => Math.Max(a, b) + double.LogP1(Math.Exp(-Math.Abs(a - b)));

    private static double LogChoose(long n, long k) =>
        GammaFunctions.LogGamma(n + 1.0) - GammaFunctions.LogGamma(k + 1.0) - GammaFunctions.LogGamma(n - k + 1.0);
}
