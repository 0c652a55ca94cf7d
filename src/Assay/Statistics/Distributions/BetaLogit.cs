namespace Assay.Statistics.Distributions;

/// <summary>The log-odds of a beta variable: both x and 1 − x keep their digits.</summary>
internal readonly struct BetaLogit(double a, double b) : ILogTails
{
    public LogTails At(double s) => BetaFunctions.Tails(Share(s), Share(-s), a, b);

    public double Slope(double s) => (a * Share(-s)) - (b * Share(s));

    /// <summary>x = 1/(1 + e^−s).</summary>
    public static double Share(double s) => 1 / (1 + Math.Exp(-s));

    /// <summary>The log-odds with P(X ≤ x) = p, by the tail that is not near 1.</summary>
    public static double Quantile(double p, double a, double b) => p <= 0.5 ? OfLogLower(Math.Log(p), a, b) : -OfLogLower(NearOne.Log(-p), b, a);

    /// <summary>The log-odds with P(X &gt; x) = q.</summary>
    public static double UpperQuantile(double q, double a, double b) => -Quantile(q, b, a);

    /// <summary>The log-odds at which ln P(X ≤ x) = log.</summary>
    public static double OfLogLower(double log, double a, double b)
    {
        // I_x ≤ x^a/(a B(a, b)) for b ≥ 1, closely so where x is small.
        var power = (log + Math.Log(a) + BetaFunctions.LogBeta(a, b)) / a;
        if (power < -40 - Math.Log(1 + b))
        {
            return power;
        }

        var z = log < -0.693147180559945309417 ? NormalQuantile.OfLogUpper(log) : 0;
        var normal = Math.Log(a / b) - (z * Math.Sqrt((1 / a) + (1 / b)));
        var start =
            power < -1 && (a < 1 || b < 1) ? power - NearOne.Log(-Math.Exp(power))
            : b < 1 ? normal
            : Math.Max(power, normal);
        return TailRoot.OfLower(new BetaLogit(a, b), log, start);
    }
}
