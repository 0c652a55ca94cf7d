namespace Assay.Statistics.Distributions;

/// <summary>ln Γ and the regularised incomplete gamma functions P and Q, as natural logarithms.</summary>
internal static class GammaFunctions
{
    private const double EulerGamma = 0.577215664901532860607;

    // Above this shape the fraction and the series may need more terms than the quadrature has nodes.
    private const double QuadratureShape = 60;

    // (ζ(k) − 1)/k for k = 27 … 2, the highest power first: ln Γ(1 + x) = −ln(1 + x) + (1 − γ)x + Σ (−x)^k (ζ(k) − 1)/k; Abramowitz and Stegun 6.1.33.
    private static ReadOnlySpan<double> ZetaLessOne =>
        [
            7.450711789835429492e-9 / 27,
            1.4901554828365041235e-8 / 26,
            2.9803503514652280186e-8 / 25,
            5.9608189051259479612e-8 / 24,
            1.1921992596531107307e-7 / 23,
            2.3845050272773299e-7 / 22,
            4.7693298678780646312e-7 / 21,
            9.5396203387279611315e-7 / 20,
            1.9082127165539389257e-6 / 19,
            3.8172932649998398565e-6 / 18,
            7.6371976378997622736e-6 / 17,
            0.000015282259408651871733 / 16,
            0.000030588236307020493552 / 15,
            0.000061248135058704829259 / 14,
            0.00012271334757848914675 / 13,
            0.00024608655330804829864 / 12,
            0.0004941886041194645587 / 11,
            0.00099457512781808533715 / 10,
            0.0020083928260822144179 / 9,
            0.0040773561979443393787 / 8,
            0.0083492773819228268398 / 7,
            0.017343061984449139715 / 6,
            0.036927755143369926331 / 5,
            0.082323233711138191516 / 4,
            0.2020569031595942854 / 3,
            0.64493406684822643647 / 2,
        ];

    /// <summary>ln Γ(x) for x &gt; 0.</summary>
    public static double LogGamma(double x) =>
        x >= 10 ? Stirling.LogGamma(x)
        : x < 0.5 ? LogGammaOfOnePlus(x) - Math.Log(x)
        : x < 1.5 ? LogGammaOfOnePlus(x - 1)
        : x < 2.5 ? LogGammaOfOnePlus(x - 2) + NearOne.Log(x - 2)
        : Shifted(x);

    private static double Shifted(double x)
    {
        var product = 1.0;
        while (x >= 2.5)
        {
            x--;
            product *= x;
        }

        return LogGamma(x) + Math.Log(product);
    }

    /// <summary>ln Γ(1 + x) for |x| ≤ ½, with a small relative error also where x is small.</summary>
    public static double LogGammaOfOnePlus(double x)
    {
        var sum = 0.0;
        foreach (var coefficient in ZetaLessOne)
        {
            sum = Math.FusedMultiplyAdd(sum, -x, coefficient);
        }

        // −ln(1 + x) + (1 − γ)x = −(ln(1 + x) − x) − γx
        return (sum * x * x) - NearOne.LogLessLinear(x) - (EulerGamma * x);
    }

    /// <summary>ln Γ(1 + x), x ≥ 0, with a small relative error also where x is small.</summary>
    public static double LogGammaOfNext(double x) => x <= 0.5 ? LogGammaOfOnePlus(x) : LogGamma(1 + x);

    /// <summary>ln Γ(b + a) − ln Γ(b) for a ≤ 1, b &gt; 0, with a small relative error also where a is small.</summary>
    public static double LogGammaRise(double b, double a)
    {
        var recurrence = 0.0;
        while (b < 10)
        {
            recurrence += NearOne.Log(a / b);
            b++;
        }

        var ratio = NearOne.Log(a / b);
        return (a * (Math.Log(b) + ratio)) + ((b - 0.5) * ratio) - a + Stirling.ErrorRise(b, a) - recurrence;
    }

    /// <summary>ln Q(a, x) = ln Γ(a, x)/Γ(a), for a &gt; 0, x ≥ 0.</summary>
    public static double LogUpper(double a, double x) => Tails(a, x).Upper;

    /// <summary>ln P(a, x).</summary>
    public static double LogLower(double a, double x) => Tails(a, x).Lower;

    /// <summary>ln (x^a e^−x / Γ(a)): the density of ln X.</summary>
    public static double LogFront(double a, double x) => (0.5 * Math.Log(a)) - Stirling.HalfLogOfTwoPi - Stirling.Error(a) - Deviance.Of(a, x, x - a);

    /// <summary>Both tails: the one on the side of x by its own sum, the other as its complement.</summary>
    public static LogTails Tails(double a, double x)
    {
        if (x <= 0)
        {
            return new LogTails(double.NegativeInfinity, 0, double.NegativeInfinity);
        }

        if (double.IsPositiveInfinity(x))
        {
            return new LogTails(0, double.NegativeInfinity, double.NegativeInfinity);
        }

        var front = LogFront(a, x);
        if (a > QuadratureShape)
        {
            return x < a ? LogTails.OfLower(GammaQuadrature.LogLower(a, x, front), front) : LogTails.OfUpper(GammaQuadrature.LogUpper(a, x, front), front);
        }

        return a < 1 && x < 1 ? SmallShape(a, x, front)
            : x < a + 1 ? LogTails.OfLower(front + Math.Log(Series(a, x)), front)
            : LogTails.OfUpper(front + Math.Log(Fraction(a, x)), front);
    }

    /// <summary>
    /// a &lt; 1, x &lt; 1: Γ(1 + a) P = x^a (1 + aS), S = Σ (−x)^n/(n! (a + n)), so Q = −(x^a/Γ(1 + a) − 1) − x^a aS/Γ(1 + a),
    /// which keeps its digits where P is near 1. Source: A. R. DiDonato and A. H. Morris (1986), ACM TOMS 12, 377.
    /// </summary>
    private static LogTails SmallShape(double a, double x, double front)
    {
        var (term, sum) = (1.0, 0.0);
        for (var n = 1; n < 40 && Math.Abs(term) > 1e-18; n++)
        {
            term *= -x / n;
            sum += term / (a + n);
        }

        return LogTails.OfPower((a * Math.Log(x)) - LogGammaOfNext(a), a * sum, front);
    }

    /// <summary>P over the front: Σ x^n/(a(a + 1)…(a + n)).</summary>
    private static double Series(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = 1; n < 2000 && term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    /// <summary>Q over the front by Legendre's continued fraction, evaluated by Lentz's method.</summary>
    private static double Fraction(double a, double x)
    {
        var b = x - a + 1;
        var c = double.PositiveInfinity;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 2000; i++)
        {
            var numerator = -i * (i - a);
            b += 2;
            d = 1 / ((numerator * d) + b);
            c = b + (numerator / c);
            var step = d * c;
            h *= step;
            if (Math.Abs(step - 1) < 1e-16)
            {
                break;
            }
        }

        return h;
    }
}
