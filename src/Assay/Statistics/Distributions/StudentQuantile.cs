namespace Assay.Statistics.Distributions;

/// <summary>The quantile of Student's t.</summary>
internal static class StudentQuantile
{
    /// <summary>The t ≥ 0 with P(T &gt; t) = q, 0 &lt; q ≤ ½.</summary>
    public static double Upper(double q, double df)
    {
        if (q == 0.5)
        {
            return 0;
        }

        var start = (Math.Log(Stirling.HalfStepRatio(df / 2) / df) - 0.572364942924700087072 - Math.Log(q)) / df + (Math.Log(df) / 2);
        var inLogarithm = new InLogarithm(df);
        return q > 0.25
            ? Math.Exp(TailRoot.OfLower(inLogarithm, Math.Log(0.5 - q), 0))
            : Math.Exp(TailRoot.OfUpper(inLogarithm, Math.Log(q), Math.Min(start, 5)));
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
            return 1 - ((df + 1) * square / (df + square));
        }
    }
}
