namespace Assay.Statistics.Distributions;

/// <summary>Fisher's F distribution with real degrees of freedom above 0, with tails as natural logarithms.</summary>
internal static class FisherF
{
    /// <summary>ln P(F ≤ f), f ≥ 0.</summary>
    public static double LogLower(double f, double numeratorDf, double denominatorDf) => Tails(f, numeratorDf, denominatorDf).Lower;

    /// <summary>ln P(F &gt; f), f ≥ 0.</summary>
    public static double LogUpper(double f, double numeratorDf, double denominatorDf) => Tails(f, numeratorDf, denominatorDf).Upper;

    /// <summary>The p-value of a statistic that only speaks when large.</summary>
    public static PValue Tail(double f, double numeratorDf, double denominatorDf) => PValue.FromLog(LogUpper(f, numeratorDf, denominatorDf));

    /// <summary>The f with P(F ≤ f) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p, double numeratorDf, double denominatorDf) =>
        FromLogit(BetaLogit.Quantile(p, numeratorDf / 2, denominatorDf / 2), numeratorDf, denominatorDf);

    /// <summary>The f with P(F &gt; f) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q, double numeratorDf, double denominatorDf) =>
        FromLogit(BetaLogit.UpperQuantile(q, numeratorDf / 2, denominatorDf / 2), numeratorDf, denominatorDf);

    // d₁F/(d₁F + d₂) has a beta distribution, so d₁F/d₂ are its odds.
    private static double FromLogit(double logit, double numeratorDf, double denominatorDf) => Math.Exp(logit) * (denominatorDf / numeratorDf);

    private static LogTails Tails(double f, double numeratorDf, double denominatorDf)
    {
        var odds = f * (numeratorDf / denominatorDf);
        var (x, y) = (1 / (1 + (1 / odds)), 1 / (1 + odds));
        return BetaFunctions.Tails(x, y, numeratorDf / 2, denominatorDf / 2, numeratorDf / 2 * y * (1 - f));
    }
}
