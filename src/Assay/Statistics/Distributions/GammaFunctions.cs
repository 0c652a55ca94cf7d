namespace Assay.Statistics.Distributions;

/// <summary>ln Γ and the regularised incomplete gamma functions P and Q, as natural logarithms.</summary>
internal static class GammaFunctions
{
    /// <summary>ln Γ(x) for x &gt; 0, by Stirling's series above 15 and the recurrence below.</summary>
    public static double LogGamma(double x)
    {
        var shift = 0.0;
        while (x < 15)
        {
            shift += Math.Log(x);
            x++;
        }

        var r = 1 / (x * x);
        var series = ((1.0 / 12) - (r * ((1.0 / 360) - (r * ((1.0 / 1260) - (r * ((1.0 / 1680) - (r / 1188)))))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + 0.918938533204672741780 + series - shift;
    }

    /// <summary>ln Q(a, x) = ln Γ(a, x)/Γ(a), for a &gt; 0, x ≥ 0.</summary>
    public static double LogUpper(double a, double x) => x < a + 1 ? double.LogP1(-Math.Exp(LogSeries(a, x))) : LogFraction(a, x);

    /// <summary>ln P(a, x).</summary>
    public static double LogLower(double a, double x) => x < a + 1 ? LogSeries(a, x) : double.LogP1(-Math.Exp(LogFraction(a, x)));

    private static double LogSeries(double a, double x)
    {
        if (x <= 0)
        {
            return double.NegativeInfinity;
        }

        var term = 1 / a;
        var sum = term;
        for (var n = 1; n < 100_000 && term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return (a * Math.Log(x)) - x - LogGamma(a) + Math.Log(sum);
    }

    private static double LogFraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1e300;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 100_000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = 1 / ((an * d) + b);
            c = b + (an / c);
            var delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return (a * Math.Log(x)) - x - LogGamma(a) + Math.Log(h);
    }
}
