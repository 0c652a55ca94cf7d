namespace Assay.Statistics.Distributions;

/// <summary>The x ≥ 0 at which a falling log tail takes a value, by bisection.</summary>
internal static class LogRoot
{
    public static double Find(double logTail, Func<double, double> logUpper)
    {
        var high = 1.0;
        while (logUpper(high) > logTail && high < 1e300)
        {
            high *= 2;
        }

        var low = 0.0;
        for (var step = 0; step < 200 && low < high; step++)
        {
            var middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
            {
                break;
            }

            if (logUpper(middle) > logTail)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }
}
