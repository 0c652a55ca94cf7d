namespace Assay.Statistics.Distributions;

/// <summary>Student's t distribution with real degrees of freedom above 0, with tails as natural logarithms.</summary>
internal static class StudentT
{
    private const double LogOf2 = 0.693147180559945309417;

    /// <summary>P(T &gt; t).</summary>
    public static double Upper(double t, double df) => Math.Exp(LogUpper(t, df));

    /// <summary>ln P(T &gt; t), for any finite t.</summary>
    public static double LogUpper(double t, double df)
    {
        var both = BetaFunctions.LogLower(df / (df + (t * t)), t * t / (df + (t * t)), df / 2, 0.5);
        return t >= 0 ? both - LogOf2 : double.LogP1(-Math.Exp(both) / 2);
    }

    /// <summary>The p-value of t under an alternative.</summary>
    public static PValue Tail(double t, double df, Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => PValue.FromLog(LogUpper(t, df)),
            Alternative.Less => PValue.FromLog(LogUpper(-t, df)),
            _ => PValue.FromLog(LogUpper(Math.Abs(t), df) + LogOf2),
        };

    /// <summary>The t with P(T &gt; t) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q, double df) => q > 0.5 ? -UpperQuantile(1 - q, df) : LogRoot.Find(Math.Log(q), t => LogUpper(t, df));
}
