namespace Assay.Statistics.Distributions;

/// <summary>
/// Student's t at a t ≥ 0. Tail and density share a factor, given by its logarithm, so that a far tail costs one exponential or one logarithm only.
/// </summary>
/// <param name="LogScale">The logarithm of the shared factor; 0 in the centre.</param>
/// <param name="ScaledTail">P(T &gt; t) over the shared factor.</param>
/// <param name="ScaledFront">t f(t), the density of ln T, over the shared factor.</param>
/// <param name="Centre">P(0 &lt; T ≤ t).</param>
internal readonly record struct StudentPoint(double LogScale, double ScaledTail, double ScaledFront, double Centre)
{
    private const double RootOfPi = 1.77245385090551602730;

    // Where the series of the centre takes at most about 50 terms and the tail that it leaves still has nearly all digits.
    private const double CentreReach = 3;
    private const double CentreShare = 0.5;

    public double LogTail => LogScale + Math.Log(ScaledTail);

    public double Tail => Math.Exp(LogScale) * ScaledTail;

    public double Front => Math.Exp(LogScale) * ScaledFront;

    public double LogFront => LogScale + Math.Log(ScaledFront);

    /// <summary>
    /// With x = df/(df + t²), y = 1 − x the tail is ½ I_x(df/2, ½), Abramowitz and Stegun (1964) 26.7.1: by the series of its complement
    /// in the centre, by the continued fraction of DiDonato and Morris elsewhere.
    /// </summary>
    public static StudentPoint At(double t, double df)
    {
        if (t == 0)
        {
            return new StudentPoint(0, 0.5, 0, 0);
        }

        var root = t / Math.Sqrt(df);
        var odds = root * root;
        var y = 1 / (1 + (1 / odds));
        var a = df / 2;
        var logPower = LogPower(t, df, root);
        var front = Stirling.HalfStepRatio(a) * Math.Sqrt(y) / RootOfPi;
        return y <= CentreShare && (a + 0.5) * y <= CentreReach ? Central(a, y, front * Math.Exp(logPower)) : Outer(a, 1 / (1 + odds), y, logPower, front);
    }

    private static StudentPoint Central(double a, double y, double front)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 0; n < 200 && term > 1e-17 * sum; n++)
        {
            term *= (a + 0.5 + n) * y / (n + 1.5);
            sum += term;
        }

        var centre = front * sum;
        return new StudentPoint(0, 0.5 - centre, front, centre);
    }

    private static StudentPoint Outer(double a, double x, double y, double logPower, double front)
    {
        var tail = front / (2 * BetaFunctions.Fraction(x, y, a, 0.5, (a * y) - (x / 2)));
        return new StudentPoint(logPower, tail, front, 0.5 - (Math.Exp(logPower) * tail));
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
