using Assay.Statistics.Distributions;

namespace Assay.Statistics.Samples;

/// <summary>
/// The interval between two values of the sorted sample that holds a quantile of the population with a given confidence.
/// How many of n values fall below the q-quantile is binomial(n, q), whatever the distribution.
/// </summary>
internal static class OrderStatisticInterval
{
    private static readonly MethodName Method = new("Order-statistic interval of a quantile", "Wilks (1948), Order statistics");

    public static StatisticResult Of(OrderedSample sample, double q, double alpha)
    {
        Demand.OpenUnit("The quantile", q, "Give a share such as 0.95 for P95.");
        Demand.Alpha(alpha);
        if (sample.NotFinite > 0)
        {
            return Method.NotComputable($"the sample has {Counted.NotFinite(sample.NotFinite)}");
        }

        var n = sample.Count;
        var low = LowRank(n, q, alpha / 2);
        var high = n + 1 - LowRank(n, 1 - q, alpha / 2);
        return low < 1 || high > n
            ? Method.NotComputable(
                $"the sample has {Counted.Values(n)}; an interval of the {q} quantile at confidence {1 - alpha} needs {Needed(q, alpha / 2)}"
            )
            : Method.Result(sample.Quantile(q)!.Value, n) with
            {
                Interval = new Interval(sample.Values[(int)low - 1], sample.Values[(int)high - 1], 1 - alpha),
            };
    }

    /// <summary>The largest rank r with P(fewer than r of n values lie below the quantile) ≤ tail; 0 when there is none.</summary>
    private static long LowRank(long n, double q, double tail)
    {
        var (holds, fails) = (0L, n + 1);
        while (fails - holds > 1)
        {
            var middle = holds + ((fails - holds) / 2);
            (holds, fails) = Binomial.LogLower(middle - 1, n, q) <= Math.Log(tail) ? (middle, fails) : (holds, middle);
        }

        return holds;
    }

    /// <summary>The smallest n with qⁿ and (1 − q)ⁿ ≤ tail: then the smallest and the largest value hold the quantile.</summary>
    private static double Needed(double q, double tail)
    {
        var rarer = Math.Min(q, 1 - q);
        var n = Math.Floor(Math.Log(tail) / double.LogP1(-rarer));
        return n * double.LogP1(-rarer) <= Math.Log(tail) ? n : n + 1;
    }
}
