namespace Assay.Statistics.Distributions;

/// <summary>
/// The root of a continuous function between two points where its signs differ: inverse quadratic interpolation where it is safe, bisection elsewhere
/// (Chandrupatla 1997, Advances in Engineering Software 28:145). Infinite values at the ends are allowed.
/// </summary>
internal static class BracketedRoot
{
    // Bisection alone needs about 1,075 halvings in the worst case, the method about 10 to 60.
    private const int MostSteps = 2000;

    /// <summary>The root, to the last digit or two. Without a change of sign the end nearer to zero.</summary>
    public static double Find(Func<double, double> f, double low, double high)
    {
        var (a, b) = (new Point(low, f(low)), new Point(high, f(high)));
        var c = a;
        var share = 0.5;
        for (var step = 0; step < MostSteps && a.Y * b.Y < 0; step++)
        {
            var x = a.X + (share * (b.X - a.X));
            var next = new Point(x, f(x));
            (a, b, c) = Math.Sign(next.Y) == Math.Sign(a.Y) ? (next, b, a) : (next, a, b);
            var least = Ulp(Best(a, b).X) / Math.Abs(b.X - c.X);
            if (least > 0.5)
            {
                break;
            }

            share = Math.Clamp(Share(a, b, c), least, 1 - least);
        }

        return Best(a, b).X;
    }

    private static Point Best(Point a, Point b) => Math.Abs(a.Y) < Math.Abs(b.Y) ? a : b;

    private static double Ulp(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    // The next point's place between a and b: the curve through all three points when it is monotone between them, the middle otherwise.
    private static double Share(Point a, Point b, Point c)
    {
        var xi = (a.X - b.X) / (c.X - b.X);
        var phi = (a.Y - b.Y) / (c.Y - b.Y);
        return phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
            ? (a.Y / (b.Y - a.Y) * (c.Y / (b.Y - c.Y))) + ((c.X - a.X) / (b.X - a.X) * (a.Y / (c.Y - a.Y)) * (b.Y / (c.Y - b.Y)))
            : 0.5;
    }

    private readonly record struct Point(double X, double Y);
}
