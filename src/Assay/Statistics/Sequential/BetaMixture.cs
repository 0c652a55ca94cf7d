using Assay.Statistics.Distributions;

namespace Assay.Statistics.Sequential;

/// <summary>
/// The beta-binomial mixture of Robbins: the likelihood ratio of yes/no outcomes against a rate θ, averaged over a Beta(a, b) prior that is fixed before
/// the first outcome. Under θ it is a martingale with mean 1, so it ever reaches 1/α with probability at most α (Ville 1939), at any number of looks.
/// Robbins 1970, Annals of Mathematical Statistics 41:1397.
/// </summary>
internal readonly record struct BetaMixture(double A, double B)
{
    /// <summary>Beta(½, ½), which is within half a unit of the best prior in ln E for every rate (Krichevsky and Trofimov 1981).</summary>
    public static BetaMixture Jeffreys { get; } = new(0.5, 0.5);

    /// <summary>The mixture for failures in place of successes.</summary>
    public BetaMixture Mirrored => new(B, A);

    /// <summary>ln E against the rate: of x successes and y failures.</summary>
    public double LogEvidence(long x, long y, double rate) => Regret(x, y) + Deviance(x, y, rate);

    /// <summary>
    /// ln E against all rates up to this one: the prior is cut to the rates above it. For each of those the likelihood ratio is a supermartingale
    /// under every smaller rate.
    /// </summary>
    public double LogEvidenceAbove(long x, long y, double rate) =>
        rate >= 1
            ? 0 // what is left of the prior is the rate itself
            : LogEvidence(x, y, rate) + Beta.LogUpper(rate, x + A, y + B) - Beta.LogUpper(rate, A, B);

    /// <summary>The smallest rate with E below 1/α.</summary>
    public double LowerBound(long x, long y, double alpha)
    {
        var mixture = this;
        return LowerRoot(x, y, alpha, rate => mixture.LogEvidence(x, y, rate));
    }

    /// <summary>The largest rate such that all rates up to it are rejected; 0 when none is.</summary>
    public double OneSidedLowerBound(long x, long y, double alpha)
    {
        var mixture = this;
        return LowerRoot(x, y, alpha, rate => mixture.LogEvidenceAbove(x, y, rate));
    }

    // ln E falls from +∞ at rate 0 to below 0 at the observed rate.
    private static double LowerRoot(long x, long y, double alpha, Func<double, double> logEvidence) =>
        x == 0 ? 0 : BracketedRoot.Find(rate => logEvidence(rate) + Math.Log(alpha), 0, x / ((double)x + y));

    /// <summary>ln E against the rate that was seen, at most 0: what averaging costs. Large ln Γ are cancelled by hand.</summary>
    public double Regret(long x, long y) => Growth(x, A) + Growth(y, B) - Growth((double)x + y, A + B);

    /// <summary>ln of the likelihood of the rate that was seen over that of this rate.</summary>
    public static double Deviance(long x, long y, double rate)
    {
        var n = (double)x + y;
        var excess = (n * rate) - x; // of expected successes over those seen; the failures lack as many
        return Part(x, n * rate, excess) + Part(y, n * (1 - rate), -excess);
    }

    // ln Γ(x + a) − ln Γ(a) − x ln x + x
    private static double Growth(double x, double a) =>
        x == 0 ? 0 : (x * NearOne.Log(a / x)) + ((a - 0.5) * NearOne.Log(x / a)) + Stirling.Error(x + a) - Stirling.Error(a);

    private static double Part(long x, double expected, double excess) => x == 0 ? expected : Distributions.Deviance.Of(x, expected, excess);
}
