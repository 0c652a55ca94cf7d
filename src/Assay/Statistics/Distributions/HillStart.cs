namespace Assay.Statistics.Distributions;

/// <summary>
/// A start for the quantile of Student's t with at least two degrees of freedom. Source: G. W. Hill (1970), Algorithm 396,
/// Communications of the ACM 13, 619; the constants are the paper's.
/// </summary>
internal static class HillStart
{
    // Above so many degrees the power tail begins below 1e-300.
    private const double NoPowerTail = 500;

    /// <summary>About the t with P(T &gt; t) = q, 0 &lt; q &lt; ½.</summary>
    public static double Of(double q, double df)
    {
        var a = 1 / (df - 0.5);
        var b = 48 / (a * a);
        var c = (((((20700 * a / b) - 98) * a) - 16) * a) + 96.36;
        var d = ((((94.5 / (b + c)) - 3) / b) + 1) * Math.Sqrt(a * Math.PI / 2) * df;
        if (df < NoPowerTail)
        {
            var y = Math.Pow(2 * q * d, 2 / df);
            if (y <= 0.05 + a)
            {
                return Math.Sqrt(df * PowerTail(y, df, d));
            }
        }

        return Math.Sqrt(df * FromNormal(NormalQuantile.Of(q), df, a, b, c, d));
    }

    private static double PowerTail(double y, double df, double d) =>
        (((((1 / ((((df + 6) / (df * y)) - (0.089 * d) - 0.822) * (df + 2) * 3)) + (0.5 / (df + 4))) * y) - 1) * (df + 1) / (df + 2)) + (1 / y);

    // The Cornish-Fisher expansion of t²/df in the normal quantile x < 0.
    private static double FromNormal(double x, double df, double a, double b, double c, double d)
    {
        var y = x * x;
        var few = df < 5 ? 0.3 * (df - 4.5) * (x + 0.6) : 0;
        var divisor = (((((((0.05 * d * x) - 5) * x) - 7) * x) - 2) * x) + b + c + few;
        var root = ((((((((((0.4 * y) + 6.3) * y) + 36) * y) + 94.5) / divisor) - y - 3) / b) + 1) * x;
        var power = a * root * root;
        return power > 0.002 ? Math.Exp(power) - 1 : (0.5 * power * power) + power;
    }
}
