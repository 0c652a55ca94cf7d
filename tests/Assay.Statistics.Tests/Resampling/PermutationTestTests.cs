using Assay.Statistics.Resampling;

namespace Assay.Statistics.Tests.Resampling;

public sealed class PermutationTestTests
{
    private const string Name = "Permutation test of the difference of means";

    private static readonly double[] A = [1.1, 2.2, 3.3, 4.4];
    private static readonly double[] B = [2.5, 3.6, 5.7, 6.8, 7.9];
    private static readonly double[] C = [0.1, 0.4, 0.7, 0.2, 0.3, 0.9, 0.5, 0.6];
    private static readonly double[] T = [0.8, 0.3, 1.1, 0.9, 0.7, 1.2];

    // Every split in fractions: 126 of 4 and 5 values, 3,003 of 8 and 6.
    [Theory]
    [InlineData(Alternative.TwoSided, 13, 129)]
    [InlineData(Alternative.Greater, 6, 74)]
    [InlineData(Alternative.Less, 121, 2957)]
    public void Few_splits_are_all_counted(Alternative alternative, int of126, int of3003)
    {
        P(PermutationTest.Compare(A, B, alternative: alternative)).ShouldBe(of126 / 126.0);
        P(PermutationTest.Compare(C, T, alternative: alternative)).ShouldBe(of3003 / 3003.0);
    }

    [Theory]
    [InlineData(Alternative.TwoSided, 13)]
    [InlineData(Alternative.Greater, 121)]
    [InlineData(Alternative.Less, 6)]
    public void Swapped_arms_mirror_the_p(Alternative alternative, int of126) =>
        P(PermutationTest.Compare(B, A, alternative: alternative)).ShouldBe(of126 / 126.0);

    [Fact]
    public void The_estimate_is_the_difference_of_means_and_there_is_no_interval()
    {
        var result = PermutationTest.Compare(A, B).ShouldBeOfType<Computed>();

        result.Method.ShouldBe(Name + ", exact over 126 splits");
        result.Estimate.ShouldBe(2.55, tolerance: 1e-15);
        result.N.ShouldBe(9);
        result.Interval.ShouldBeNull();
        result.Statistic.ShouldBeNull();
    }

    [Fact]
    public void As_many_splits_as_draws_and_one_are_counted_and_more_are_drawn()
    {
        PermutationTest.Compare(C, T, 3002).Method.ShouldBe(Name + ", exact over 3,003 splits");
        PermutationTest.Compare(C, T, 3001).Method.ShouldBe(Name + ", 3,001 draws, seed 1");
        PermutationTest.Compare(C, T, 3001, seed: -7).Method.ShouldBe(Name + ", 3,001 draws, seed -7");
    }

    // The same draws by a transcription into Python, in fractions.
    [Theory]
    [InlineData(Alternative.TwoSided, 41, 41)]
    [InlineData(Alternative.Greater, 26, 984)]
    [InlineData(Alternative.Less, 984, 26)]
    public void Drawn_splits_count_the_one_seen(Alternative alternative, int extreme, int swapped)
    {
        P(PermutationTest.Compare(C, T, 999, 1, alternative)).ShouldBe((extreme + 1) / 1000.0);
        P(PermutationTest.Compare(T, C, 999, 1, alternative)).ShouldBe((swapped + 1) / 1000.0);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    [InlineData(1e300)]
    public void The_unit_changes_nothing(double unit)
    {
        P(PermutationTest.Compare(Scaled(C, unit), Scaled(T, unit))).ShouldBe(129 / 3003.0);
        P(PermutationTest.Compare(Scaled(C, unit), Scaled(T, unit), 999)).ShouldBe(42 / 1000.0);
    }

    [Fact]
    public void An_offset_of_1e9_changes_nothing() =>
        P(PermutationTest.Compare([.. C.Select(v => 1e9 + (8 * v))], [.. T.Select(v => 1e9 + (8 * v))])).ShouldBe(129 / 3003.0);

    [Fact]
    public void Equal_sums_in_another_order_are_extreme_whatever_their_rounding()
    {
        // 0.1 + 0.2 + 0.3 has two roundings; both ways to split 0.6 from 0.6 count, and so do all 20.
        P(PermutationTest.Compare([0.1, 0.2, 0.3], [0.3, 0.2, 0.1])).ShouldBe(1);
    }

    [Fact]
    public void One_value_against_many_is_a_rank_among_them()
    {
        P(PermutationTest.Compare([10], [1, 2, 3, 4], alternative: Alternative.Less)).ShouldBe(0.2, tolerance: 1e-15);
        P(PermutationTest.Compare([1, 2, 3, 4], [10], alternative: Alternative.Greater)).ShouldBe(0.2, tolerance: 1e-15);
    }

    [Fact]
    public void The_same_seed_gives_the_same_result_and_another_one_another()
    {
        PermutationTest.Compare(C, T, 99, 1).ShouldBe(PermutationTest.Compare(C, T, 99, 1));
        P(PermutationTest.Compare(C, T, 999, 1)).ShouldNotBe(P(PermutationTest.Compare(C, T, 999, 2)));
    }

    [Theory]
    [InlineData(new double[0], new double[] { 1 }, "the control has 0 values; at least 1 is needed")]
    [InlineData(new double[] { 1, 2 }, new double[] { double.NaN }, "the treatment has 1 value that is not finite")]
    [InlineData(new double[] { 1, 1 }, new double[] { 1 }, "all 3 values are equal")]
    [InlineData(new double[] { 1, 1 }, new double[] { 2, 2 }, "neither arm varies: every value of the control is 1 and every value of the treatment is 2")]
    [InlineData(
        new double[] { 1e308, -1e308 },
        new double[] { 1.5e308, -1.5e308 },
        "the values are too large, or too far apart: their sum leaves the range of a double"
    )]
    public void Data_without_an_answer_say_why(double[] control, double[] treatment, string reason) =>
        PermutationTest.Compare(control, treatment).ShouldBeOfType<NotComputable>().Reason.ShouldBe(reason);

    [Fact]
    public void At_least_one_draw_is_needed()
    {
        Should.Throw<AssayException>(() => PermutationTest.Compare(A, B, 0)).Message.ShouldBe("draws is 0; at least 1 is needed.");
        PermutationTest.Compare(A, B, 1).ShouldBeOfType<Computed>().Method.ShouldBe(Name + ", 1 draws, seed 1");
    }

    [Fact]
    public void Drawing_allocates_nothing_for_each_draw()
    {
        PermutationTest.Compare(C, T, 99);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PermutationTest.Compare(C, T, 99);
        var few = GC.GetAllocatedBytesForCurrentThread() - before;
        PermutationTest.Compare(C, T, 3000);

        (GC.GetAllocatedBytesForCurrentThread() - before - few).ShouldBeLessThan(few + 64);
    }

    [Theory]
    [InlineData(9, 4, 126, 126L)]
    [InlineData(9, 4, 125, null)]
    [InlineData(9, 0, 1, 1L)]
    [InlineData(5, 1, 5, 5L)]
    [InlineData(5, 1, 4, null)]
    [InlineData(4_000_000_000, 1_000_000_000, int.MaxValue + 1L, null)]
    public void Ways_to_choose_are_counted_up_to_a_bound(long n, long k, long most, long? ways) => Binomials.AtMost(n, k, most).ShouldBe(ways);

    private static double[] Scaled(double[] values, double unit) => [.. values.Select(value => value * unit)];

    private static double P(StatisticResult result) => result.ShouldBeOfType<Computed>().P!.Value.Value;
}
