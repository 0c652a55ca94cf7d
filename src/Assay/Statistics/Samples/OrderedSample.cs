namespace Assay.Statistics.Samples;

/// <summary>A sorted copy of a sample, for exact quantiles. 8 bytes per value; 10⁷ values sort in a few seconds.</summary>
public sealed class OrderedSample
{
    private readonly double[] sorted;

    private OrderedSample(double[] sorted, long notFinite)
    {
        this.sorted = sorted;
        NotFinite = notFinite;
    }

    /// <summary>How many finite values.</summary>
    public int Count => sorted.Length;

    /// <summary>How many values were NaN or infinite; they are not in the figures, and no interval is computed with them present.</summary>
    public long NotFinite { get; }

    /// <summary>The finite values in ascending order.</summary>
    internal ReadOnlySpan<double> Values => sorted;

    /// <summary>A sorted copy of the finite values.</summary>
    public static OrderedSample Of(ReadOnlySpan<double> values)
    {
        var finite = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                finite[count++] = value;
            }
        }

        Array.Resize(ref finite, count);
        Array.Sort(finite);
        return new OrderedSample(finite, values.Length - count);
    }

    /// <summary>The exact quantile of the finite values; null when there are none.</summary>
    /// <param name="q">The share below, 0 (the smallest value) to 1 (the largest); 0.95 for P95.</param>
    /// <param name="kind">How to tell it between two values.</param>
    /// <exception cref="AssayException">q lies outside 0 to 1 (exit code 2).</exception>
    public double? Quantile(double q, QuantileKind kind = QuantileKind.Linear)
    {
        QuantileRank.Demand(q);
        return Count == 0 ? null
            : kind == QuantileKind.Linear ? Linear(q)
            : sorted[QuantileRank.InvertedCdf(Count, q) - 1];
    }

    /// <summary>
    /// The quantile (linear) with its order-statistic interval: no assumption about the distribution but independent values, and
    /// its coverage is at least 1 − alpha. The ends are values of the sample.
    /// Wilks (1948); David and Nagaraja, Order Statistics (2003), section 7.1.
    /// </summary>
    /// <returns>Not computable when the sample is empty, has values that are not finite, or is too small to hold the confidence.</returns>
    public StatisticResult Interval(double q, double alpha = 0.05) => OrderStatisticInterval.Of(this, q, alpha);

    private double Linear(double q)
    {
        var position = (Count - 1) * q;
        var below = (int)position;
        var share = position - below;
        var low = sorted[below];
        return share == 0 ? low : Between(low, sorted[below + 1], share);
    }

    /// <summary>From the nearer end, so that it hits both; by shares when the distance overflows.</summary>
    private static double Between(double low, double high, double share) =>
        !double.IsFinite(high - low) ? (low * (1 - share)) + (high * share)
        : share < 0.5 ? low + ((high - low) * share)
        : high - ((high - low) * (1 - share));
}
