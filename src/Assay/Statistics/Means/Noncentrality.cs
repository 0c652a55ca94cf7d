using Assay.Statistics.Distributions;

namespace Assay.Statistics.Means;

/// <summary>Confidence limits of the noncentrality δ of a t that was seen: exact for normal values (Steiger, Fouladi 1997; Cumming, Finch 2001).</summary>
internal static class Noncentrality
{
    /// <summary>
    /// From t² = ν·10¹⁰ on, Z in T = (Z + δ)/S moves the limits by about 10⁻¹⁰ of their distance, and its integral has an edge that takes long to resolve.
    /// </summary>
    private const double LeastShareOfNormal = 1e-10;

    /// <summary>The δ that gives a t as great as the one seen, or greater, with the probability <paramref name="share"/>.</summary>
    public static double Lower(double t, double df, double share) =>
        df < LeastShareOfNormal * t * t ? LowerWithoutNormal(t, df, share) : LowerByRoot(t, df, share);

    /// <summary>The δ that gives a t as small as the one seen, or smaller, with the probability <paramref name="share"/>.</summary>
    public static double Upper(double t, double df, double share) => -Lower(-t, df, share);

    /// <summary>T = δ/S with S² = χ²/ν: δ/S ≥ t when S is small enough for t above 0, large enough below.</summary>
    private static double LowerWithoutNormal(double t, double df, double share) =>
        t * Math.Sqrt((t > 0 ? ChiSquared.Quantile(share, df) : ChiSquared.UpperQuantile(share, df)) / df);

    private static double LowerByRoot(double t, double df, double share)
    {
        var goal = Math.Log(share);
        var reach = Math.Sqrt(1 + (t * t / (2 * df)));
        return BracketedRoot.Find(Excess, Bound(-reach), Bound(reach));

        double Excess(double delta) => NoncentralT.LogUpper(t, df, delta) - goal;

        // Steps twice as wide each, until the excess has the sign of the step: it grows with δ.
        double Bound(double step)
        {
            var delta = t + step;
            while (Math.Sign(Excess(delta)) == -Math.Sign(step))
            {
                step *= 2;
                delta += step;
            }

            return delta;
        }
    }
}
