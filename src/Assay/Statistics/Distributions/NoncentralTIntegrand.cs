namespace Assay.Statistics.Distributions;

/// <summary>
/// f(u) = ν/2·(1 + 2u − e^2u) + ln P(Z &gt; t·e^u − δ): the density of u = ln S without its constant, times the normal tail.
/// Its slope in s = e^u is s·(ν(1/s − s) − t·h(t·s − δ)) with the normal hazard h, which changes sign once, for either sign of t.
/// </summary>
internal sealed record NoncentralTIntegrand(double T, double Df, double Delta)
{
    private const int MostBisections = 200;

    public double Log(double u) => Normal.LogUpper(Deviate(u)) - (Df / 2 * ExpRest(2 * u));

    /// <summary>The u with the largest f, to a small part of the peak's width.</summary>
    public double Mode()
    {
        // The normal tail falls in s for t > 0, so the mode lies below s = 1, and above it for t < 0.
        var (inner, outer) = (0.0, T > 0 ? -1.0 : 1.0);
        while (SlopeSign(outer) == Math.Sign(outer))
        {
            (inner, outer) = (outer, 2 * outer);
        }

        for (var step = 0; step < MostBisections && Math.Abs(outer - inner) > 0.02 * LeastWidthAt(inner); step++)
        {
            var middle = (inner + outer) / 2;
            (inner, outer) = SlopeSign(middle) == Math.Sign(outer) ? (middle, outer) : (inner, middle);
        }

        return (inner + outer) / 2;
    }

    /// <summary>(−f″)^-½ at the mode, where ν(1/s − s) = t·h turns −f″ into ν(1 + s²) + h(h − x)(t·s)², a sum of positive terms.</summary>
    public double WidthAt(double u)
    {
        var s = Math.Exp(u);
        var x = Deviate(u);
        var hazard = Hazard(x);
        var bend = Math.Clamp(hazard * (hazard - x), 0, 1); // in (0, 1) for every x; rounding may leave it
        return 1 / Math.Sqrt((Df * (1 + (s * s))) + (bend * T * s * T * s));
    }

    private double LeastWidthAt(double u)
    {
        var s = Math.Exp(u);
        return 1 / Math.Sqrt((Df * (1 + (s * s))) + (T * s * T * s));
    }

    private double Deviate(double u) => (T * Math.Exp(u)) - Delta;

    private int SlopeSign(double u) => Math.Sign((-2 * Df * Math.Sinh(u)) - (T * Hazard(Deviate(u))));

    // φ(x)/P(Z > x); far out x + 1/x, which is right to 2/x⁴ of itself, where x² would swallow the digits.
    private static double Hazard(double x) => x > 1e4 ? x + (1 / x) : Math.Exp((-x * x / 2) - Stirling.HalfLogOfTwoPi - Normal.LogUpper(x));

    // e^v − 1 − v, by its series where the difference would cancel.
    private static double ExpRest(double v)
    {
        if (Math.Abs(v) > 0.5)
        {
            return Math.Exp(v) - 1 - v;
        }

        var sum = 1.0;
        for (var k = 16; k >= 3; k--)
        {
            sum = 1 + (v / k * sum);
        }

        return v * v / 2 * sum;
    }
}
