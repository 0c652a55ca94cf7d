using Assay.Statistics.Distributions;

namespace Assay.Statistics.Planning;

/// <summary>The probability that a t test rejects, by the noncentral t distribution. The two-sided power counts both tails.</summary>
internal static class TTestPower
{
    public const double MostNoncentrality = 1e9;

    public static double Of(double noncentrality, double df, PlanTerms terms)
    {
        var critical = StudentT.UpperQuantile(terms.TailAlpha, df);
        return terms.Alternative switch
        {
            Alternative.Greater => Above(critical, df, noncentrality),
            Alternative.Less => Above(critical, df, -noncentrality),
            _ => Above(critical, df, noncentrality) + Above(critical, df, -noncentrality),
        };
    }

    /// <summary>The noncentrality that is found with the wanted power, with the sign that the alternative looks for; null above <see cref="MostNoncentrality"/>.</summary>
    public static double? Detectable(double df, double power, PlanTerms terms)
    {
        var guess = StudentT.UpperQuantile(terms.TailAlpha, df) + 1;
        return terms.Sign * RisingRoot.Find(shift => Of(terms.Sign * shift, df, terms) - power, 0, guess, MostNoncentrality);
    }

    // P(T < −c) under δ is P(T > c) under −δ.
    private static double Above(double critical, double df, double noncentrality) => Math.Exp(NoncentralT.LogUpper(critical, df, noncentrality));
}
