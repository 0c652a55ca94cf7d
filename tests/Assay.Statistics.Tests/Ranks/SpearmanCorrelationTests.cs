using Assay.Statistics.Ranks;

namespace Assay.Statistics.Tests.Ranks;

public sealed class SpearmanCorrelationTests
{
    private static readonly double[] X9 = [57.1, 40.8, 13.1, 4.5, 0.1, 4.8, 14.8, 99.9, 19.0];
    private static readonly double[] Y9 = [43.1, 42.2, 13.2, 12.5, 17.3, 11.9, 43.3, 37.1, 41.6];
    private static readonly double[] X10 = [79.7, 84.4, 11.5, 39.2, 62.8, 49.3, 66.5, 67.6, 66.2, 6.0];
    private static readonly double[] Y10 = [62.2, 47.5, 39.6, 22.6, 33.2, 49.9, 27.4, 22.8, 34.8, 28.9];
    private static readonly double[] X20 =
    [
        12.2,
        87.0,
        34.1,
        22.7,
        54.4,
        89.5,
        88.3,
        87.2,
        30.6,
        1.8,
        77.8,
        70.7,
        77.0,
        0.1,
        3.7,
        50.3,
        33.5,
        43.6,
        93.1,
        20.3,
    ];
    private static readonly double[] Y20 =
    [
        24.8,
        39.0,
        21.9,
        39.0,
        22.4,
        39.4,
        31.2,
        32.1,
        20.4,
        28.4,
        46.4,
        39.1,
        29.8,
        31.9,
        33.0,
        24.5,
        12.3,
        25.8,
        33.7,
        38.0,
    ];

    // 31,108 of the 362,880 orders of 9 ranks, enumerated; the interval by mpmath with 40 digits.
    [Fact]
    public void Nine_pairs_are_counted_exactly()
    {
        var result = SpearmanCorrelation.Of(X9, Y9).ShouldBeOfType<Computed>();

        result.Method.ShouldBe("Spearman's rank correlation, exact p");
        result.Estimate.ShouldBe(0.61666666666666666667, tolerance: 1e-15);
        result.P!.Value.Value.ShouldBe(31_108 / 362_880.0, tolerance: 1e-15);
        result.Statistic.ShouldBeNull();
        result.N.ShouldBe(9);
        Ends(result, -0.15211544223393261967, 0.9205351282692074641);
    }

    [Fact]
    public void A_negative_correlation_is_counted_from_the_other_end()
    {
        double[] x = [67.0, 80.5, 2.2, 80.7, 46.8, 51.5];
        double[] y = [45.3, 35.6, 39.8, 26.3, 25.1, 30.8];

        var result = SpearmanCorrelation.Of(x, y).ShouldBeOfType<Computed>();

        result.Estimate.ShouldBe(-0.085714285714285714286, tolerance: 1e-15);
        result.P!.Value.Value.ShouldBe(662 / 720.0, tolerance: 1e-15);
        Ends(result, -0.83953241849018206609, 0.78092504135193624781);
    }

    // mpmath, 40 digits: the incomplete beta function of n − 2 degrees of freedom.
    [Fact]
    public void Ten_pairs_take_the_t_distribution()
    {
        var result = SpearmanCorrelation.Of(X10, Y10).ShouldBeOfType<Computed>();

        result.Method.ShouldBe("Spearman's rank correlation");
        result.Estimate.ShouldBe(0.27272727272727272727, tolerance: 1e-15);
        result.Statistic!.Value.ShouldBe(0.80178372573727315405, tolerance: 1e-14);
        result.DegreesOfFreedom.ShouldBe(8);
        result.P!.Value.Value.ShouldBe(0.44583834154275138244, tolerance: 1e-12);
        Ends(result, -0.44193931393076834025, 0.77560888436530169198);
    }

    [Fact]
    public void Ties_share_their_rank()
    {
        var result = SpearmanCorrelation.Of(X20, Y20).ShouldBeOfType<Computed>();

        result.Estimate.ShouldBe(0.3459947593309779035, tolerance: 1e-15);
        result.Statistic!.Value.ShouldBe(1.5645645097951422274, tolerance: 1e-14);
        result.P!.Value.Value.ShouldBe(0.1350956710923713139, tolerance: 1e-12);
        Ends(result, -0.12779182711207136735, 0.6912092555501296805);
    }

    [Fact]
    public void A_narrower_confidence_gives_a_narrower_interval()
    {
        var interval = SpearmanCorrelation.Of(X20, Y20, 0.5).AsComputed!.Interval!.Value;

        interval.Confidence.ShouldBe(0.5);
        interval.Low!.Value.ShouldBeInRange(0.18, 0.2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_perfect_order_of_5_is_one_of_120_at_either_end(int sign)
    {
        var result = SpearmanCorrelation.Of([1, 2, 3, 4, 5], [.. new double[] { 2, 3, 5, 7, 11 }.Select(y => sign * y)]).AsComputed!;

        result.Estimate.ShouldBe(sign);
        result.P!.Value.Value.ShouldBe(2 / 120.0, tolerance: 1e-16);
        result.Interval.ShouldBeNull();
    }

    // 2·12!⁻¹, and 2·3!·2!/12! with a group of 3 and one of 2 equal values in both series.
    [Theory]
    [InlineData(1, new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, 2 / 479001600.0)]
    [InlineData(-1, new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, 2 / 479001600.0)]
    [InlineData(1, new double[] { 1, 2, 2, 2, 5, 6, 7, 8, 9, 9, 11, 12 }, 24 / 479001600.0)]
    [InlineData(-1, new double[] { 1, 2, 2, 2, 5, 6, 7, 8, 9, 9, 11, 12 }, 24 / 479001600.0)]
    public void A_perfect_order_of_12_has_an_exact_p_and_no_t(int sign, double[] x, double p)
    {
        var result = SpearmanCorrelation.Of(x, [.. x.Select(value => sign * value * value)]).AsComputed!;

        result.Estimate.ShouldBe(sign);
        (result.P!.Value.Value / p).ShouldBe(1, tolerance: 1e-10);
        result.Method.ShouldBe("Spearman's rank correlation, exact p");
        result.Statistic.ShouldBeNull();
        result.Interval.ShouldBeNull();
    }

    [Fact]
    public void A_tie_among_few_values_takes_the_t_distribution()
    {
        var tiedX = SpearmanCorrelation.Of([1, 2, 2, 4, 5], [2, 1, 3, 5, 4]).AsComputed!;
        var tiedY = SpearmanCorrelation.Of([2, 1, 3, 5, 4], [1, 2, 2, 4, 5]).AsComputed!;

        // scipy.stats.spearmanr
        tiedX.P!.Value.Value.ShouldBe(0.1717953049079889, tolerance: 1e-10);
        tiedY.P!.Value.Value.ShouldBe(0.1717953049079889, tolerance: 1e-10);
    }

    [Fact]
    public void Four_pairs_are_enough() => SpearmanCorrelation.Of([1, 2, 3, 4], [1, 3, 2, 4]).AsComputed!.P!.Value.Value.ShouldBe(8 / 24.0, tolerance: 1e-15);

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 2, 3 }, "the first series has 3 values; at least 4 are needed")]
    [InlineData(new double[] { 2, 2, 2, 2 }, new double[] { 1, 2, 3, 4 }, "the first series does not vary: all 4 values are 2")]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 2, 2, 2, 2 }, "the second series does not vary: all 4 values are 2")]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 2, 2, double.NaN, 2 }, "the second series has 1 value that is not finite")]
    public void Data_without_an_answer_say_why(double[] x, double[] y, string reason) =>
        SpearmanCorrelation.Of(x, y).ShouldBeOfType<NotComputable>().Reason.ShouldBe(reason);

    [Fact]
    public void Series_of_different_lengths_are_a_mistake() => Should.Throw<AssayException>(() => SpearmanCorrelation.Of([1, 2, 3, 4, 5], [1, 2, 3, 4]));

    [Fact]
    public void Alpha_is_a_share() => Should.Throw<AssayException>(() => SpearmanCorrelation.Of(X9, Y9, 1));

    private static void Ends(Computed result, double low, double high)
    {
        result.Interval!.Value.Low!.Value.ShouldBe(low, tolerance: 1e-11);
        result.Interval.Value.High!.Value.ShouldBe(high, tolerance: 1e-11);
        result.Interval.Value.Confidence.ShouldBe(0.95);
    }
}
