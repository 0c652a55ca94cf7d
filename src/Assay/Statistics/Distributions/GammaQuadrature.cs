namespace Assay.Statistics.Distributions;

/// <summary>
/// The incomplete gamma functions for large a near the mean, by quadrature of the density's ratio to its value at x.
/// The ratio is smooth and falls from 1, so 48 nodes give all digits at any a, where the continued fraction needs √a terms.
/// The exponent is written without differences of large numbers.
/// </summary>
internal static class GammaQuadrature
{
    // e^−40 of the largest value is left out.
    private const double Reach = 40;

    /// <summary>ln Q(a, x), x ≥ a &gt; 1: Q/front = ∫ e^E(u) du over u ≥ 0, E = (a − 1) ln(1 + u) − x u.</summary>
    public static double LogUpper(double a, double x, double front)
    {
        var linear = x - a + 1;

        // ln(1 + u) − u ≤ −u²/(2 + 4u/3): where the exponent has fallen by Reach.
        var square = (a - 1) + (4 * linear / 3);
        var half = linear - (2 * Reach / 3);
        var end = 2 * Reach / (half + Math.Sqrt((half * half) + (2 * Reach * square)));
        return front + Math.Log(Integral(a - 1, -linear, end));
    }

    /// <summary>ln P(a, x), 1 &lt; x ≤ a: P/front = ∫ e^E(−u) du over 0 ≤ u ≤ 1.</summary>
    public static double LogLower(double a, double x, double front)
    {
        var linear = a - 1 - x;
        var end = Math.Min(1, 2 * Reach / (linear + Math.Sqrt((linear * linear) + (2 * Reach * (a - 1)))));
        return front + Math.Log(Integral(a - 1, linear, -end));
    }

    /// <summary>∫ of exp(linear·u + power·(ln(1 + u) − u)) between 0 and end, as a positive number.</summary>
    private static double Integral(double power, double linear, double end)
    {
        var nodes = GaussLegendre.Nodes;
        var weights = GaussLegendre.Weights;
        var sum = 0.0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var u = end * nodes[i];
            sum += weights[i] * Math.Exp((linear * u) + (power * NearOne.LogLessLinear(u)));
        }

        return sum * Math.Abs(end);
    }
}
