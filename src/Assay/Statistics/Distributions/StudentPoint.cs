namespace Assay.Statistics.Distributions;

/// <summary>Student's t at a t ≥ 0: the upper tail, what lies between 0 and t, and the density of ln T.</summary>
/// <param name="LogTail">ln P(T &gt; t).</param>
/// <param name="Centre">P(0 &lt; T ≤ t).</param>
/// <param name="LogFront">ln (t f(t)), f the density.</param>
internal readonly record struct StudentPoint(double LogTail, double Centre, double LogFront)
{
    private const double LogOfSqrtPi = 0.572364942924700087072;

    // Where the series of the centre takes at most about 50 terms and the tail that it leaves still has 13 digits.
    private const double CentreReach = 4;
    private const double CentreShare = 0.5;

    public double Tail => Math.Exp(LogTail);

    /// <summary>
    /// With x = df/(df + t²), y = 1 − x the tail is ½ I_x(df/2, ½): by the series of its complement in the centre,
    /// Abramowitz and Stegun (1964) 26.5.4, and by the continued fraction elsewhere.
    /// </summary>
    public static StudentPoint At(double t, double df)
    {
        if (t == 0)
        {
            return new StudentPoint(-0.693147180559945309417, 0, double.NegativeInfinity);
        }

        var root = t / Math.Sqrt(df);
        var odds = root * root;
        var (x, y) = (1 / (1 + odds), 1 / (1 + (1 / odds)));
        var a = df / 2;
        var logPower = LogPower(t, df, root);
        var scale = Stirling.HalfStepRatio(a) * Math.Sqrt(y);
        return y <= CentreShare && (a + 0.5) * y <= CentreReach ? Central(a, y, logPower, scale) : Outer(a, x, y, logPower, scale);
    }

    private static StudentPoint Central(double a, double y, double logPower, double scale)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 0; n < 200 && term > sum * 1e-17; n++)
        {
            term *= (a + 0.5 + n) * y / (n + 1.5);
            sum += term;
        }

        var front = scale * Math.Exp(logPower - LogOfSqrtPi);
        var centre = front * sum;
        return new StudentPoint(Math.Log(0.5 - centre), centre, Math.Log(front));
    }

    private static StudentPoint Outer(double a, double x, double y, double logPower, double scale)
    {
        var fraction = BetaFunctions.Fraction(x, y, a, 0.5, (a * y) - (x / 2));
        var logFront = logPower + (Math.Log(scale) - LogOfSqrtPi);
        var logTail = logPower + (Math.Log(scale / (2 * fraction)) - LogOfSqrtPi);
        return new StudentPoint(logTail, 0.5 - Math.Exp(logTail), logFront);
    }

    /// <summary>−(df/2) ln(1 + t²/df); what the rounding of t² and of the quotient lost is put back, for it counts df/2-fold.</summary>
    private static double LogPower(double t, double df, double root)
    {
        if (root > 1e100)
        {
            return -df * Math.Log(root);
        }

        var square = t * t;
        var u = square / df;
        var lostOfSquare = Math.FusedMultiplyAdd(t, t, -square);
        var lostOfQuotient = Math.FusedMultiplyAdd(-u, df, square);
        return u < 0.5
            ? -((square / 2) + ((df / 2 * NearOne.LogLessLinear(u)) + ((lostOfSquare - (u * lostOfQuotient)) / (2 * (1 + u)))))
            : -((df / 2 * NearOne.Log(u)) + ((lostOfSquare + lostOfQuotient) / (2 * (1 + u))));
    }
}
