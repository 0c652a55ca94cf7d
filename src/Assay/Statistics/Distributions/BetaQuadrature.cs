namespace Assay.Statistics.Distributions;

/// <summary>
/// The incomplete beta function for large a and b, by quadrature of the density's ratio to its value at x; see <see cref="GammaQuadrature"/>.
/// </summary>
internal static class BetaQuadrature
{
    // e^−40 of the largest value is left out.
    private const double Reach = 40;

    /// <summary>
    /// ln I_x(a, b) for x ≤ a/(a + b): I y/front = ∫ (1 − u)^(a − 1) (1 + u x/y)^(b − 1) du over 0 ≤ u ≤ 1.
    /// The linear parts of both logarithms are joined into one coefficient, which <paramref name="distance"/> = a y − b x gives without cancellation.
    /// </summary>
    public static double LogLower(double x, double y, double a, double b, double distance, double front)
    {
        var odds = x / y;
        var linear = (distance - y + x) / y;
        var end = Math.Min(1, Math.Min(FallOfFirst(a - 1, linear), FallOfSecond(b - 1, linear / odds) / odds));
        return front + Math.Log(Integral(a - 1, b - 1, odds, linear, end) / y);
    }

    // ln(1 − u) + u ≤ −u²/2
    private static double FallOfFirst(double power, double linear) => 2 * Reach / (linear + Math.Sqrt((linear * linear) + (2 * Reach * power)));

    // ln(1 + v) − v ≤ −v²/(2 + 4v/3)
    private static double FallOfSecond(double power, double linear)
    {
        var square = power + (4 * linear / 3);
        var half = linear - (2 * Reach / 3);
        return 2 * Reach / (half + Math.Sqrt((half * half) + (2 * Reach * square)));
    }

    private static double Integral(double first, double second, double odds, double linear, double end)
    {
        var nodes = GaussLegendre.Nodes;
        var weights = GaussLegendre.Weights;
        var sum = 0.0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var u = end * nodes[i];
            var log = (first * NearOne.LogLessLinear(-u)) + (second * NearOne.LogLessLinear(u * odds)) - (linear * u);
            sum += weights[i] * Math.Exp(log);
        }

        return sum * end;
    }
}
