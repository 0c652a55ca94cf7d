using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class OrderStatisticIntervalTests
{
    /// <summary>Expected: the ranks by scipy.stats.binom.cdf, the largest and the smallest with at most alpha/2 outside.</summary>
    [Theory]
    [InlineData(6, 0.5, 0.05, 1, 6)]
    [InlineData(10, 0.5, 0.05, 2, 9)]
    [InlineData(10, 0.5, 0.01, 1, 10)]
    [InlineData(20, 0.25, 0.1, 2, 9)]
    [InlineData(72, 0.95, 0.05, 64, 72)]
    [InlineData(100, 0.95, 0.05, 90, 100)]
    [InlineData(101, 0.9, 0.05, 85, 97)]
    [InlineData(1000, 0.99, 0.05, 983, 997)]
    [InlineData(500, 0.5, 0.05, 228, 273)]
    [InlineData(36, 0.1, 0.05, 1, 8)]
    public void The_ends_are_the_values_of_the_binomial_ranks(int n, double q, double alpha, int low, int high)
    {
        var result = Numbers(n).Interval(q, alpha).AsComputed!;

        result.Interval.ShouldBe(new Interval(low, high, 1 - alpha));
        result.Estimate.ShouldBe(1 + ((n - 1) * q), 1e-12);
        (result.N, result.P, result.StandardError).ShouldBe((n, null, null));
        (result.Method, result.Reference).ShouldBe(("Order-statistic interval of a quantile", "Wilks (1948), Order statistics"));
    }

    [Fact]
    public void The_default_confidence_is_95_percent() => Numbers(10).Interval(0.5).ShouldBe(Numbers(10).Interval(0.5, 0.05));

    /// <summary>Coverage by enumeration: P(low ≤ B ≤ high − 1) is at least 1 − alpha, and one rank less on either side is not.</summary>
    [Theory]
    [InlineData(30, 0.3, 0.05)]
    [InlineData(47, 0.8, 0.1)]
    public void The_interval_is_the_narrowest_that_leaves_at_most_half_of_alpha_on_each_side(int n, double q, double alpha)
    {
        var interval = Numbers(n).Interval(q, alpha).AsComputed!.Interval!.Value;
        var (low, high) = ((int)interval.Low!.Value, (int)interval.High!.Value);

        Below(low, n, q).ShouldBeLessThanOrEqualTo(alpha / 2);
        Below(low + 1, n, q).ShouldBeGreaterThan(alpha / 2);
        (1 - Below(high, n, q)).ShouldBeLessThanOrEqualTo(alpha / 2);
        (1 - Below(high - 1, n, q)).ShouldBeGreaterThan(alpha / 2);
    }

    [Theory]
    [InlineData(0, 0.5, 0.05, "the sample has 0 values; an interval of the 0.5 quantile at confidence 0.95 needs 6")]
    [InlineData(1, 0.5, 0.05, "the sample has 1 value; an interval of the 0.5 quantile at confidence 0.95 needs 6")]
    [InlineData(5, 0.5, 0.05, "the sample has 5 values; an interval of the 0.5 quantile at confidence 0.95 needs 6")]
    [InlineData(71, 0.95, 0.05, "the sample has 71 values; an interval of the 0.95 quantile at confidence 0.95 needs 72")]
    [InlineData(35, 0.1, 0.05, "the sample has 35 values; an interval of the 0.1 quantile at confidence 0.95 needs 36")]
    [InlineData(1000, 0.999, 0.05, "the sample has 1000 values; an interval of the 0.999 quantile at confidence 0.95 needs 3688")]
    [InlineData(3, 0.5, 0.125, "the sample has 3 values; an interval of the 0.5 quantile at confidence 0.875 needs 4")]
    public void A_sample_too_small_for_the_confidence_names_the_count_needed(int n, double q, double alpha, string reason) =>
        Numbers(n).Interval(q, alpha).ShouldBeOfType<NotComputable>().Reason.ShouldBe(reason);

    [Theory]
    [InlineData(3688, 0.999, 0.05)]
    [InlineData(4, 0.5, 0.125)]
    public void The_count_needed_is_enough(int n, double q, double alpha) => Numbers(n).Interval(q, alpha).ShouldBeOfType<Computed>();

    [Fact]
    public void Values_that_are_not_finite_leave_no_interval()
    {
        OrderedSample
            .Of([.. Enumerable.Range(1, 50).Select(i => (double)i), double.NaN])
            .Interval(0.5)
            .ShouldBeOfType<NotComputable>()
            .Reason.ShouldBe("the sample has 1 value that is not finite");
    }

    [Fact]
    public void A_hundred_thousand_values_have_an_interval()
    {
        // The ranks by scipy.stats.binom.
        Numbers(100_000).Interval(0.95).AsComputed!.Interval.ShouldBe(new Interval(94_864, 95_136, 0.95));
    }

    [Theory]
    [InlineData(0, 0.05, "The quantile is 0; it must lie between 0 and 1, ends excluded.")]
    [InlineData(1, 0.05, "The quantile is 1; it must lie between 0 and 1, ends excluded.")]
    [InlineData(0.5, 0, "alpha is 0; it must lie between 0 and 1, ends excluded.")]
    [InlineData(0.5, 1, "alpha is 1; it must lie between 0 and 1, ends excluded.")]
    public void Wrong_parameters_are_refused(double q, double alpha, string problem) =>
        Should.Throw<AssayException>(() => Numbers(10).Interval(q, alpha)).Message.ShouldBe(problem);

    private static OrderedSample Numbers(int n) => OrderedSample.Of([.. Enumerable.Range(1, n).Select(i => (double)i)]);

    /// <summary>P(B &lt; k) for B binomial(n, q), by adding up.</summary>
    private static double Below(int k, int n, double q)
    {
        var (sum, mass) = (0.0, Math.Pow(1 - q, n));
        for (var i = 0; i < k; i++)
        {
            sum += mass;
            mass *= q / (1 - q) * (n - i) / (i + 1);
        }

        return sum;
    }
}
