namespace Assay.Statistics.Distributions;

/// <summary>
/// ∫ e^f over the whole line for an f with one peak, by the trapezoid rule after u = centre + width·sinh x: dense at the peak, sparse in the tails.
/// Every term is positive, so nothing cancels. The step is halved until the sum stands still (Trefethen and Weideman 2014, SIAM Review 56:385).
/// </summary>
internal static class SinhTrapezoid
{
    private const double FirstStep = 0.25;
    private const int MostHalvings = 8;
    private const int MostTerms = 20_000;

    // Halving the step squares the relative error: two sums that agree to 1e-8 have an average good to 1e-16.
    private const double Agreement = 1e-8;

    // e^-40 is below the last digit of the sum.
    private const double Negligible = -40;

    /// <summary>ln ∫ exp f(u) du; centre is the peak of f or near it, width about the distance in which f falls by one half.</summary>
    public static double LogIntegral(Func<double, double> f, double centre, double width)
    {
        var peak = f(centre);

        // A logarithm of −1e9 itself is known to 1e-7 only.
        var agreement = Agreement + (1e-15 * Math.Abs(peak));
        var step = FirstStep;
        var sum = 1 + Side(f, centre, width, peak, step, step) + Side(f, centre, -width, peak, step, step);
        for (var halving = 0; halving < MostHalvings; halving++)
        {
            var between = Side(f, centre, width, peak, step / 2, step) + Side(f, centre, -width, peak, step / 2, step);
            var still = Math.Abs(between - sum) <= agreement * sum;
            sum += between;
            step /= 2;
            if (still)
            {
                break;
            }
        }

        return peak + Math.Log(sum * step * Math.Abs(width));
    }

    private static double Side(Func<double, double> f, double centre, double width, double peak, double first, double step)
    {
        var sum = 0.0;
        for (var k = 0; k < MostTerms; k++)
        {
            var x = first + (k * step);
            var log = f(centre + (width * Math.Sinh(x))) - peak + Math.Log(Math.Cosh(x));
            sum += Math.Exp(log);
            if (log < Negligible + Math.Log(1 + sum))
            {
                break;
            }
        }

        return sum;
    }
}
