namespace Assay.Statistics.Distributions;

/// <summary>
/// Quantiles from log tails. Where the density is log-concave both log tails are concave, so Newton's method on them converges from any
/// start (after the first step it comes from one side); Halley's term makes it cubic near the root.
/// </summary>
internal static class TailRoot
{
    // From the starts used here 3 to 8 steps are taken; the bound is for starts in a far wrong tail.
    private const int MaximumSteps = 200;

    // A step so small leaves a cubic remainder below 1e-15.
    private const double LastStep = 1e-5;

    // The coordinates are logarithms: beyond this their exponentials leave the range of a double.
    private const double Range = 700;

    /// <summary>The s with ln P(S ≤ s) = log.</summary>
    public static double OfLower<T>(in T distribution, double log, double start)
        where T : struct, ILogTails
    {
        var s = Math.Clamp(start, -Range, Range);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var tails = distribution.At(s);
            var hazard = Math.Exp(tails.Front - tails.Lower);
            var move = (log - tails.Lower) / hazard;
            if (!Advance(ref s, move, distribution.Slope(s) - hazard))
            {
                break;
            }
        }

        return s;
    }

    /// <summary>The s with ln P(S &gt; s) = log.</summary>
    public static double OfUpper<T>(in T distribution, double log, double start)
        where T : struct, ILogTails
    {
        var s = Math.Clamp(start, -Range, Range);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var tails = distribution.At(s);
            var hazard = Math.Exp(tails.Front - tails.Upper);
            var move = (tails.Upper - log) / hazard;
            if (!Advance(ref s, move, distribution.Slope(s) + hazard))
            {
                break;
            }
        }

        return s;
    }

    /// <summary>Moves s by the root of e + bend·e²/2 = move; false when that was the last step.</summary>
    private static bool Advance(ref double s, double move, double bend)
    {
        var curve = bend * move;
        s = Math.Clamp(s + (Math.Abs(curve) < 1 ? move / (1 + (curve / 2)) : move), -Range, Range);
        return !double.IsNaN(s) && (Math.Abs(move) > LastStep || Math.Abs(curve) > LastStep);
    }
}
