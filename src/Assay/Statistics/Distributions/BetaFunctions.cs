namespace Assay.Statistics.Distributions;

/// <summary>The regularised incomplete beta function I_x(a, b) and its complement, as natural logarithms.</summary>
internal static class BetaFunctions
{
    /// <summary>ln I_x(a, b), for 0 ≤ x ≤ 1 and y = 1 − x given on its own, so that no digit is lost near 1.</summary>
    public static double LogLower(double x, double y, double a, double b) =>
        x <= 0 ? double.NegativeInfinity
        : y <= 0 ? 0
        : x < (a + 1) / (a + b + 2) ? LogFraction(x, y, a, b)
        : double.LogP1(-Math.Exp(LogFraction(y, x, b, a)));

    /// <summary>ln (1 − I_x(a, b)).</summary>
    public static double LogUpper(double x, double y, double a, double b) => LogLower(y, x, b, a);

    private static double LogFraction(double x, double y, double a, double b)
    {
        var front = (a * Math.Log(x)) + (b * Math.Log(y)) + GammaFunctions.LogGamma(a + b) - GammaFunctions.LogGamma(a) - GammaFunctions.LogGamma(b);
        var c = 1.0;
        var d = 1 / (1 - ((a + b) * x / (a + 1)));
        var h = d;
        for (var m = 1; m < 100_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / (1 + (even * d));
            c = 1 + (even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / (1 + (odd * d));
            c = 1 + (odd / c);
            var delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return front + Math.Log(h / a);
    }
}
