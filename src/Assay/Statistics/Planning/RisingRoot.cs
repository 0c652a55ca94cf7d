using Assay.Statistics.Distributions;

namespace Assay.Statistics.Planning;

/// <summary>Where a power less its target, growing with x, becomes zero.</summary>
internal static class RisingRoot
{
    /// <summary>The root between least and most, sought outwards from a guess; least when the function is not below zero there; null when it is still below zero at most.</summary>
    public static double? Find(Func<double, double> f, double least, double guess, double most)
    {
        var high = Math.Clamp(guess, least, most);
        var low = high;
        while (f(high) < 0)
        {
            if (high >= most)
            {
                return null;
            }

            (low, high) = (high, Math.Min(most, 2 * high));
        }

        while (low > least && f(low) >= 0)
        {
            (low, high) = (Math.Max(least, low / 2), low);
        }

        return f(low) >= 0 ? low : BracketedRoot.Find(f, low, high);
    }
}
