namespace Assay.Statistics.Distributions;

/// <summary>
/// Nodes and weights of Gauss-Legendre quadrature on [0, 1], found once by Newton's method on the Legendre polynomial.
/// Source: Abramowitz and Stegun (1964), 25.4.29.
/// </summary>
internal static class GaussLegendre
{
    public const int Count = 48;

    private static readonly (double[] Nodes, double[] Weights) Rule = Make();

    public static ReadOnlySpan<double> Nodes => Rule.Nodes;

    public static ReadOnlySpan<double> Weights => Rule.Weights;

    private static (double[] Nodes, double[] Weights) Make()
    {
        var (nodes, weights) = (new double[Count], new double[Count]);
        for (var i = 0; i < Count; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (Count + 0.5));
            for (var step = 0; step < 8; step++)
            {
                var (value, slope) = Legendre(x);
                x -= value / slope;
            }

            var derivative = Legendre(x).Slope;
            nodes[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - (x * x)) * derivative * derivative);
        }

        return (nodes, weights);
    }

    private static (double Value, double Slope) Legendre(double x)
    {
        var (before, now) = (1.0, x);
        for (var n = 2; n <= Count; n++)
        {
            (before, now) = (now, ((((2 * n) - 1) * x * now) - ((n - 1) * before)) / n);
        }

        return (now, Count * ((x * now) - before) / ((x * x) - 1));
    }
}
