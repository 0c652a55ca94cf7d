namespace Assay.Statistics.Distributions;

/// <summary>Student's t distribution with real degrees of freedom above 0, with tails as natural logarithms.</summary>
internal static class StudentT
{
    private const double LogOf2 = 0.693147180559945309417;

    /// <summary>P(T &gt; t).</summary>
    public static double Upper(double t, double df) => Math.Exp(LogUpper(t, df));

    /// <summary>P(T ≤ t).</summary>
    public static double Lower(double t, double df) => Upper(-t, df);

    /// <summary>ln P(T &gt; t), for any finite t.</summary>
    public static double LogUpper(double t, double df)
    {
        var point = StudentPoint.At(Math.Abs(t), df);
        return t >= 0 ? point.LogTail : NearOne.Log(-point.Tail);
    }

    /// <summary>ln P(T ≤ t), for any finite t.</summary>
    public static double LogLower(double t, double df) => LogUpper(-t, df);

    /// <summary>The p-value of t under an alternative.</summary>
    public static PValue Tail(double t, double df, Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => PValue.FromLog(LogUpper(t, df)),
            Alternative.Less => PValue.FromLog(LogUpper(-t, df)),
            _ => PValue.FromLog(LogUpper(Math.Abs(t), df) + LogOf2),
        };

    /// <summary>The t with P(T &gt; t) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q, double df) => q > 0.5 ? -StudentQuantile.Upper(1 - q, df) : StudentQuantile.Upper(q, df);

    /// <summary>The t with P(T ≤ t) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p, double df) => -UpperQuantile(p, df);
}
