namespace Assay.Statistics.Distributions;

/// <summary>Stirling's series for ln Γ. Source: Abramowitz and Stegun (1964), 6.1.40 and 6.1.41.</summary>
internal static class Stirling
{
    public const double HalfLogOfTwoPi = 0.918938533204672741780;

    // B(2k)/(2k (2k − 1)), k = 1 … 9.
    private static ReadOnlySpan<double> Bernoulli =>
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400, 43867.0 / 244188];

    // Where nine terms of the series leave less than 1e-17.
    private const double Enough = 10;

    /// <summary>ln Γ(x + 1) − (½ ln(2πx) + x ln x − x), x &gt; 0.</summary>
    public static double Error(double x) =>
        x >= Enough ? Series(x)
        : x > 0.5 ? ShiftedError(x)
        : GammaFunctions.LogGammaOfOnePlus(x) - HalfLogOfTwoPi - ((x + 0.5) * Math.Log(x)) + x;

    /// <summary>ln Γ(x), x ≥ 10.</summary>
    public static double LogGamma(double x) => ((x - 0.5) * Math.Log(x)) - x + HalfLogOfTwoPi + Series(x);

    /// <summary>Γ(x + ½)/Γ(x), x &gt; 0; the series of the logarithm of the ratio to √x, and the recurrence below 10.</summary>
    public static double HalfStepRatio(double x)
    {
        var (above, below) = (1.0, 1.0);
        while (x < Enough)
        {
            above *= x;
            below *= x + 0.5;
            x++;
        }

        var r = 1 / (x * x);
        var series = ((-1.0 / 8) + (r * ((1.0 / 192) + (r * ((-1.0 / 640) + (r * ((17.0 / 14336) + (r * ((-31.0 / 18432) + (r * (691.0 / 180224))))))))))) / x;
        return above / below * Math.Sqrt(x) * Math.Exp(series);
    }

    /// <summary>The error at x + a less the error at x, of ln Γ(x) itself, x ≥ 10, 0 &lt; a ≤ 1, without cancellation where a is small.</summary>
    public static double ErrorRise(double x, double a)
    {
        // 1/(x + a) − 1/x = −a/(x (x + a)); each odd power of 1/x falls by its own divided difference.
        var (u, v) = (1 / (x + a), 1 / x);
        var drop = a * u * v;
        var (sum, power, difference) = (0.0, v, 1.0);
        foreach (var coefficient in Bernoulli)
        {
            sum += coefficient * difference;

            // (u^(n+2) − v^(n+2))/(u − v) = u² (u^n − v^n)/(u − v) + (u + v) v^n
            difference = (u * u * difference) + ((u + v) * power);
            power *= v * v;
        }

        return -drop * sum;
    }

    private static double ShiftedError(double x)
    {
        var product = 1.0;
        var shifted = x;
        while (shifted < Enough)
        {
            shifted++;
            product *= shifted;
        }

        return ((shifted + 0.5) * Math.Log(shifted)) - ((x + 0.5) * Math.Log(x)) - (shifted - x) - Math.Log(product) + Series(shifted);
    }

    // B(2k) / (2k (2k − 1) x^(2k − 1)), k = 1 … 9.
    private static double Series(double x)
    {
        var r = 1 / (x * x);
        var tail = (1.0 / 156) + (r * ((-3617.0 / 122400) + (r * (43867.0 / 244188))));
        return (
                (1.0 / 12) + (r * ((-1.0 / 360) + (r * ((1.0 / 1260) + (r * ((-1.0 / 1680) + (r * ((1.0 / 1188) + (r * ((-691.0 / 360360) + (r * tail)))))))))))
            ) / x;
    }
}
