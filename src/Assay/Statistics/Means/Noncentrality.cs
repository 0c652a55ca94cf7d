using Assay.Statistics.Distributions;

namespace Assay.Statistics.Means;

/// <summary>Confidence limits of the noncentrality δ of a t that was seen: exact for normal values (Steiger, Fouladi 1997; Cumming, Finch 2001).</summary>
internal static class Noncentrality
{
    /// <summary>The δ that gives a t as great as the one seen, or greater, with the probability <paramref name="share"/>.</summary>
    public static double Lower(double t, double df, double share)
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

    /// <summary>The δ that gives a t as small as the one seen, or smaller, with the probability <paramref name="share"/>.</summary>
    public static double Upper(double t, double df, double share) => -Lower(-t, df, share);
}
