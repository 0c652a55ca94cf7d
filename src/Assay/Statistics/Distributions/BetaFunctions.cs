namespace Assay.Statistics.Distributions;

/// <summary>The regularised incomplete beta function I_x(a, b) and its complement, as natural logarithms.</summary>
internal static class BetaFunctions
{
    // Above this, for both parameters, the fraction may need more terms than the quadrature has nodes.
    private const double QuadratureShape = 60;

    /// <summary>ln I_x(a, b), for 0 ≤ x ≤ 1 and y = 1 − x given on its own, so that no digit is lost near 1.</summary>
    public static double LogLower(double x, double y, double a, double b) => Tails(x, y, a, b).Lower;

    /// <summary>ln (1 − I_x(a, b)).</summary>
    public static double LogUpper(double x, double y, double a, double b) => Tails(x, y, a, b).Upper;

    /// <summary>Both tails. The smaller of x and y is taken as exact.</summary>
    public static LogTails Tails(double x, double y, double a, double b) => Tails(x, y, a, b, x <= y ? Distance(x, a, b) : -Distance(y, b, a));

    /// <summary>Both tails, the one on the side of x by its own sum, the other as its complement.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">1 − x.</param>
    /// <param name="a">The first parameter.</param>
    /// <param name="b">The second parameter.</param>
    /// <param name="distance">a y − b x = a − (a + b) x, which the caller may know to more digits than x and y give.</param>
    public static LogTails Tails(double x, double y, double a, double b, double distance)
    {
        if (x <= 0)
        {
            return new LogTails(double.NegativeInfinity, 0, double.NegativeInfinity);
        }

        if (y <= 0)
        {
            return new LogTails(0, double.NegativeInfinity, double.NegativeInfinity);
        }

        var front = LogFront(x, y, a, b, distance);
        if (a < 1 && x <= 0.5 && b * x <= 1)
        {
            return SmallPower(x, a, b, front);
        }

        if (b < 1 && y <= 0.5 && a * y <= 1)
        {
            return SmallPower(y, b, a, front).Swap();
        }

        return distance >= 0 ? LogTails.OfLower(LogSide(x, y, a, b, distance, front), front) : LogTails.OfUpper(LogSide(y, x, b, a, -distance, front), front);
    }

    /// <summary>ln B(a, b).</summary>
    public static double LogBeta(double a, double b)
    {
        var (x, y) = (a / (a + b), b / (a + b));
        var atMean = x < y ? (a * Math.Log(x)) + (b * NearOne.Log(-x)) : (a * NearOne.Log(-y)) + (b * Math.Log(y));
        return atMean - LogFront(x, y, a, b, 0);
    }

    /// <summary>ln (x^a y^b / B(a, b)): the density of ln(X/(1 − X)).</summary>
    public static double LogFront(double x, double y, double a, double b, double distance)
    {
        var sum = a + b;
        return (0.5 * Math.Log(a / sum * b))
            - Stirling.HalfLogOfTwoPi
            - (Stirling.Error(a) + Stirling.Error(b) - Stirling.Error(sum))
            - Deviance.Of(a, sum * x, -distance)
            - Deviance.Of(b, sum * y, distance);
    }

    /// <summary>
    /// a &lt; 1, x small: a B(a, b) I = x^a (1 + aS), S = Σ (1 − b)(2 − b)…(n − b) x^n/(n! (a + n)).
    /// Source: A. R. DiDonato and A. H. Morris (1992), ACM TOMS 18, 360 (BPSER).
    /// </summary>
    private static LogTails SmallPower(double x, double a, double b, double front)
    {
        var (term, sum) = (1.0, 0.0);
        for (var n = 1; n < 100 && Math.Abs(term) > 1e-18; n++)
        {
            term *= (n - b) / n * x;
            sum += term / (a + n);
        }

        var log = (a * Math.Log(x)) + GammaFunctions.LogGammaRise(b, a) - GammaFunctions.LogGammaOfNext(a);
        return LogTails.OfPower(log, a * sum, front);
    }

    private static double LogSide(double x, double y, double a, double b, double distance, double front) =>
        a > QuadratureShape && b > QuadratureShape ? BetaQuadrature.LogLower(x, y, a, b, distance, front) : front - Math.Log(Fraction(x, y, a, b, distance));

    /// <summary>a − (a + b) x with one rounding, of x as it stands.</summary>
    private static double Distance(double x, double a, double b)
    {
        var sum = a + b;
        var lost = a > b ? b - (sum - a) : a - (sum - b);
        return Math.FusedMultiplyAdd(-sum, x, a) - (lost * x);
    }

    /// <summary>
    /// The front over I_x(a, b): β₁ + α₂/(β₂ + α₃/(β₃ + …)), whose elements keep their digits near x = 1, by Lentz's method.
    /// Source: A. R. DiDonato and A. H. Morris (1992), ACM TOMS 18, 360 (BFRAC).
    /// </summary>
    public static double Fraction(double x, double y, double a, double b, double distance)
    {
        var value = a / (a + 1) * (distance + 1);
        var (c, d) = (value, 0.0);
        for (var n = 1; n < 20_000; n++)
        {
            var odd = a + (2 * n) - 1;
            var spread = n * (b - n) * (x / odd);
            var numerator = (a + n - 1) * (a + b + n - 1) * (x / odd) * spread;
            var denominator = n + spread + ((a + n) / (odd + 2) * (distance + 1 + (n * (1 + y))));
            d = 1 / Math.FusedMultiplyAdd(numerator, d, denominator);
            c = denominator + (numerator / c);
            var step = c * d;
            value *= step;
            if (Math.Abs(step - 1) < 2e-16)
            {
                break;
            }
        }

        return value;
    }
}
