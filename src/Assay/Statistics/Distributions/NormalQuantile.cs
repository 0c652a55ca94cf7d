namespace Assay.Statistics.Distributions;

/// <summary>The normal quantile. Source: M. J. Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37, 477.</summary>
internal static class NormalQuantile
{
    /// <summary>The z with P(Z ≤ z) = p, 0 &lt; p &lt; 1, to about 16 digits.</summary>
    public static double Of(double p)
    {
        var q = p - 0.5;
        return Math.Abs(q) <= 0.425 ? Centre(q)
            : q < 0 ? -OfRoot(Math.Sqrt(-Math.Log(p)))
            : OfRoot(Math.Sqrt(-Math.Log(1 - p)));
    }

    /// <summary>The z ≥ 0 with ln P(Z &gt; z) = log, log ≤ −ln 2.</summary>
    public static double OfLogUpper(double log)
    {
        // Above ln 0.075 the central formula is the one that fits.
        if (log > -2.6)
        {
            return -Of(Math.Exp(log));
        }

        if (log > -700)
        {
            return OfRoot(Math.Sqrt(-log));
        }

        // Beyond the range of AS 241, from z² = −2 log − ln(2π z²): Newton on the log tail, whose slope is −1/M(z).
        var z = Math.Sqrt((-2 * log) - Math.Log(-2 * log) - (2 * Stirling.HalfLogOfTwoPi));
        for (var step = 0; step < 3; step++)
        {
            z += (Normal.LogUpper(z) - log) * MillsRatio.At(z);
        }

        return z;
    }

    private static double Centre(double q)
    {
        var r = 0.180625 - (q * q);
        var top = 2.5090809287301226727e3;
        top = (top * r) + 3.3430575583588128105e4;
        top = (top * r) + 6.7265770927008700853e4;
        top = (top * r) + 4.5921953931549871457e4;
        top = (top * r) + 1.3731693765509461125e4;
        top = (top * r) + 1.9715909503065514427e3;
        top = (top * r) + 1.3314166789178437745e2;
        top = (top * r) + 3.3871328727963666080;
        var bottom = 5.2264952788528545610e3;
        bottom = (bottom * r) + 2.8729085735721942674e4;
        bottom = (bottom * r) + 3.9307895800092710610e4;
        bottom = (bottom * r) + 2.1213794301586595867e4;
        bottom = (bottom * r) + 5.3941960214247511077e3;
        bottom = (bottom * r) + 6.8718700749205790830e2;
        bottom = (bottom * r) + 4.2313330701600911252e1;
        return q * top / ((bottom * r) + 1);
    }

    // root = √(−ln tail), up to 27.
    private static double OfRoot(double root) => root <= 5 ? Shoulder(root - 1.6) : Far(root - 5);

    private static double Shoulder(double r)
    {
        var top = 7.74545014278341407640e-4;
        top = (top * r) + 2.27238449892691845833e-2;
        top = (top * r) + 2.41780725177450611770e-1;
        top = (top * r) + 1.27045825245236838258;
        top = (top * r) + 3.64784832476320460504;
        top = (top * r) + 5.76949722146069140550;
        top = (top * r) + 4.63033784615654529590;
        top = (top * r) + 1.42343711074968357734;
        var bottom = 1.05075007164441684324e-9;
        bottom = (bottom * r) + 5.47593808499534494600e-4;
        bottom = (bottom * r) + 1.51986665636164571966e-2;
        bottom = (bottom * r) + 1.48103976427480074590e-1;
        bottom = (bottom * r) + 6.89767334985100004550e-1;
        bottom = (bottom * r) + 1.67638483018380384940;
        bottom = (bottom * r) + 2.05319162663775882187;
        return top / ((bottom * r) + 1);
    }

    private static double Far(double r)
    {
        var top = 2.01033439929228813265e-7;
        top = (top * r) + 2.71155556874348757815e-5;
        top = (top * r) + 1.24266094738807843860e-3;
        top = (top * r) + 2.65321895265761230930e-2;
        top = (top * r) + 2.96560571828504891230e-1;
        top = (top * r) + 1.78482653991729133580;
        top = (top * r) + 5.46378491116411436990;
        top = (top * r) + 6.65790464350110377720;
        var bottom = 2.04426310338993978564e-15;
        bottom = (bottom * r) + 1.42151175831644588870e-7;
        bottom = (bottom * r) + 1.84631831751005468180e-5;
        bottom = (bottom * r) + 7.86869131145613259100e-4;
        bottom = (bottom * r) + 1.48753612908506148525e-2;
        bottom = (bottom * r) + 1.36929880922735805310e-1;
        bottom = (bottom * r) + 5.99832206555887937690e-1;
        return top / ((bottom * r) + 1);
    }
}
