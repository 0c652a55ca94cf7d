namespace Assay.Statistics.Distributions;

/// <summary>The quantile of Student's t: Hill's start, which has about five digits, and one correction of third order.</summary>
internal static class StudentQuantile
{
    // A Taylor correction in t leaves about the fourth power of the step, in units of the density's scale.
    private const double SmallStep = 2e-4;

    private const double LogOfRootOfPi = 0.572364942924700087072;

    /// <summary>The t ≥ 0 with P(T &gt; t) = q, 0 &lt; q ≤ ½.</summary>
    public static double Upper(double q, double df)
    {
        if (q == 0.5)
        {
            return 0;
        }

        // Below 2 degrees Hill's expansions fail; below 1e-290 densities leave the range of a double.
        if (df < 2 || q < 1e-290)
        {
            return ByLogarithm(q, df);
        }

        var t = HillStart.Of(q, df);
        for (var step = 0; step < 3; step++)
        {
            if (Correct(ref t, q, df))
            {
                return t;
            }
        }

        return ByLogarithm(q, df);
    }

    /// <summary>One Taylor step of the inverse function; true when it was so small that nothing is left to gain.</summary>
    private static bool Correct(ref double t, double q, double df)
    {
        var point = StudentPoint.At(t, df);

        // Beside the median the centre has the digits of t, in the tail the tail has.
        var miss = q > 0.25 ? 0.5 - q - point.Centre : point.Tail - q;
        var h = miss * t / point.Front;
        var spread = df + (t * t);
        var bend = (df + 1) * t / spread;
        var twist = (df + 1) * (df - (t * t)) / (spread * spread);
        t += h * (1 + (h * ((bend / 2) + (h * ((2 * bend * bend) + twist) / 6))));
        return Math.Abs(h) * (1 + bend) < SmallStep;
    }

    /// <summary>Newton on the log tail in ln t; where t² is above e^40 df nothing but the power tail is left.</summary>
    private static double ByLogarithm(double q, double df)
    {
        if (q > 0.25)
        {
            return Math.Exp(TailRoot.OfLower(new InLogarithm(df), Math.Log(0.5 - q), 0));
        }

        var log = LogOfPowerTail(q, df);
        return log - (Math.Log(df) / 2) > 20 ? Math.Exp(log) : Math.Exp(TailRoot.OfUpper(new InLogarithm(df), Math.Log(q), log));
    }

    /// <summary>
    /// ln t of the power tail Γ((df + 1)/2)/(√π Γ(df/2) df) (√df/t)^df, which is above the tail everywhere: a start to the right of the root.
    /// With many degrees it may lie far off, where the normal start does better.
    /// </summary>
    private static double LogOfPowerTail(double q, double df)
    {
        var log = ((Math.Log(Stirling.HalfStepRatio(df / 2) / df) - LogOfRootOfPi - Math.Log(q)) / df) + (Math.Log(df) / 2);
        return df < 20 ? log : Math.Min(log, Math.Log(NormalQuantile.OfLogUpper(Math.Log(q))) + 1);
    }

    private readonly struct InLogarithm(double df) : ILogTails
    {
        public LogTails At(double s)
        {
            var point = StudentPoint.At(Math.Exp(s), df);
            return new LogTails(Math.Log(point.Centre), point.LogTail, point.LogFront);
        }

        public double Slope(double s)
        {
            var square = Math.Exp(2 * s);
            return double.IsPositiveInfinity(square) ? -df : 1 - ((df + 1) * square / (df + square));
        }
    }
}
