using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class OrderedSampleTests
{
    private static readonly OrderedSample Four = OrderedSample.Of([40, 10, 30, 20]);

    /// <summary>Expected: Hyndman and Fan's definitions by hand; numpy's quantile gives the same.</summary>
    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(0.1, 13, 10)]
    [InlineData(0.25, 17.5, 10)]
    [InlineData(0.26, 17.8, 20)]
    [InlineData(0.5, 25, 20)]
    [InlineData(0.75, 32.5, 30)]
    [InlineData(0.76, 32.8, 40)]
    [InlineData(1, 40, 40)]
    public void Quantiles_follow_their_definition(double q, double linear, double invertedCdf)
    {
        Four.Quantile(q)!.Value.ShouldBe(linear, 1e-14);
        Four.Quantile(q, QuantileKind.Linear)!.Value.ShouldBe(linear, 1e-14);
        Four.Quantile(q, QuantileKind.InvertedCdf).ShouldBe(invertedCdf);
    }

    [Fact]
    public void One_value_is_every_quantile()
    {
        var one = OrderedSample.Of([7.5]);

        foreach (var q in (double[])[0, 0.3, 1])
        {
            (one.Quantile(q), one.Quantile(q, QuantileKind.InvertedCdf)).ShouldBe((7.5, 7.5));
        }
    }

    [Fact]
    public void Nothing_has_no_quantile()
    {
        (OrderedSample.Of([]).Quantile(0.5), OrderedSample.Of([]).Count, OrderedSample.Of([]).NotFinite).ShouldBe((null, 0, 0));
        OrderedSample.Of([double.NaN]).Quantile(0.5, QuantileKind.InvertedCdf).ShouldBeNull();
    }

    [Fact]
    public void The_sample_stays_as_it_was()
    {
        double[] values = [3, 1, 2];

        OrderedSample.Of(values).Values.ToArray().ShouldBe([1, 2, 3]);
        values.ShouldBe([3, 1, 2]);
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_apart()
    {
        var sample = OrderedSample.Of([double.NaN, 3, double.PositiveInfinity, 1, double.NegativeInfinity]);

        (sample.Count, sample.NotFinite, sample.Quantile(0.5), sample.Quantile(1)).ShouldBe((2, 3, 2, 3));
    }

    /// <summary>0.07 · 100 is 7.000000000000001 in doubles, 0.29 · 100 is 28.999999999999996: the ranks are 7 and 29.</summary>
    [Theory]
    [InlineData(0.07, 100, 7)]
    [InlineData(0.29, 100, 29)]
    [InlineData(0.0701, 100, 8)]
    [InlineData(0.0699, 100, 7)]
    [InlineData(0.95, 1000, 950)]
    [InlineData(0.95, 1001, 951)]
    [InlineData(0, 10, 1)]
    [InlineData(1, 10, 10)]
    [InlineData(0.01, 3, 1)]
    [InlineData(0.1, 10_000_000_000, 1_000_000_000)]
    [InlineData(0.3, 4_000_000_000_000, 1_200_000_000_000)]
    [InlineData(0.50000000000001, 100, 51)]
    public void A_share_that_is_no_exact_double_still_hits_its_rank(double q, long n, long rank) => QuantileRank.InvertedCdf(n, q).ShouldBe(rank);

    [Fact]
    public void Neighbours_at_the_ends_of_double_have_a_middle()
    {
        var ends = OrderedSample.Of([-double.MaxValue, double.MaxValue]);

        ends.Quantile(0.5).ShouldBe(0);
        ends.Quantile(0.25)!.Value.ShouldBe(-double.MaxValue / 2, 1e293);
        ends.Quantile(1).ShouldBe(double.MaxValue);
    }

    /// <summary>(1 − t)·a + t·b would leave [a, b] here, and a + t·(b − a) would miss b.</summary>
    [Fact]
    public void A_quantile_between_neighbours_lies_between_them()
    {
        var sample = OrderedSample.Of([-1e17, 1.3, 1.3]);

        sample.Quantile(0.75).ShouldBe(1.3);
        sample.Quantile(Math.BitDecrement(0.5))!.Value.ShouldBe(1.3, 20);
        sample.Quantile(0.25 - Math.ScaleB(1, -40))!.Value.ShouldBeLessThan(-5e16);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_share_outside_0_to_1_is_refused(double q)
    {
        var refusal = Should.Throw<AssayException>(() => Four.Quantile(q));

        refusal.Message.ShouldBe($"The quantile {q} does not exist.");
        refusal.Fix.ShouldBe("Give a share between 0 and 1, such as 0.95 for P95.");
    }

    [Fact]
    public void A_hundred_thousand_values_have_quantiles()
    {
        // 0, 1, …, n − 1 backwards: sorting is quick, and every quantile is known.
        var sample = OrderedSample.Of([.. Enumerable.Range(0, 100_000).Select(i => 99_999.0 - i)]);

        sample.Quantile(0.95)!.Value.ShouldBe(94_999.05, 1e-9);
        sample.Quantile(0.95, QuantileKind.InvertedCdf).ShouldBe(94_999);
    }
}
