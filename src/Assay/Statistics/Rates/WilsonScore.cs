namespace Assay.Statistics.Rates;

/// <summary>
/// The ends of Wilson's score interval: the rates p at which |x/n − p| = z·√(p(1 − p)/n).
/// The lower end is taken from the product of both roots, x²/(n(n + z²)), so that a rate of 1e-9 keeps its digits.
/// </summary>
internal static class WilsonScore
{
    /// <summary>The lower end; exactly 0 when there are no successes.</summary>
    public static double Low(double successes, double trials, double z) => successes / trials * successes / Reach(successes, trials, z);

    /// <summary>The upper end; exactly 1 when there are no failures.</summary>
    public static double High(double successes, double trials, double z) =>
        2 * successes > trials ? 1 - Low(trials - successes, trials, z) : Reach(successes, trials, z) / (trials + (z * z));

    private static double Reach(double successes, double trials, double z) =>
        successes + (z * z / 2) + (z * Math.Sqrt((successes / trials * (trials - successes)) + (z * z / 4)));
}
