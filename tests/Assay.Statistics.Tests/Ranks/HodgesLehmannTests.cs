using Assay.Statistics.Ranks;

namespace Assay.Statistics.Tests.Ranks;

public sealed class HodgesLehmannTests
{
    private static readonly double[] A = [1.1, 2.2, 3.3, 4.4];
    private static readonly double[] B = [2.5, 3.6, 5.7, 6.8, 7.9];

    // The 20 differences, sorted; R's wilcox.test(b, a, conf.int = TRUE) takes the same ranks, 2 and 19.
    [Fact]
    public void The_interval_runs_between_two_ordered_differences()
    {
        var sorted = B.SelectMany(b => A.Select(a => b - a)).Order().ToArray();

        var result = HodgesLehmann.Shift(A, B).ShouldBeOfType<Computed>();

        result.Method.ShouldBe("Hodges-Lehmann shift");
        result.Estimate.ShouldBe((sorted[9] + sorted[10]) / 2);
        result.Interval.ShouldBe(new Interval(sorted[1], sorted[18], 0.95));
        result.N.ShouldBe(9);
        result.P.ShouldBeNull();
    }

    [Theory]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    public void One_side_spends_all_of_alpha(Alternative alternative)
    {
        var sorted = B.SelectMany(b => A.Select(a => b - a)).Order().ToArray();

        // P(U < 3) = 4/126 ≤ 0.05 < 7/126 = P(U < 4).
        HodgesLehmann
            .Shift(A, B, 0.05, alternative)
            .AsComputed!.Interval.ShouldBe(alternative == Alternative.Greater ? new Interval(sorted[2], null, 0.95) : new Interval(null, sorted[17], 0.95));
    }

    [Fact]
    public void Arms_too_small_for_the_confidence_have_no_interval()
    {
        HodgesLehmann.Shift([1, 2, 3], [4, 5, 7], 0.05).AsComputed!.Interval.ShouldBeNull();
        HodgesLehmann.Shift([1, 2, 3], [4, 5, 7], 0.1).AsComputed!.Interval.ShouldBe(new Interval(1, 6, 0.9));
    }

    // Whole-number counts give 4242, 3991 and 2490 for the same tails: the approximation is off by little at 100, by more with 5 in an arm.
    [Theory]
    [InlineData(100, 101, 0.025, 4242)]
    [InlineData(100, 101, 0.005, 3988)]
    [InlineData(101, 100, 0.005, 3988)]
    [InlineData(5, 2001, 0.025, 2467)]
    public void Above_10000_pairs_the_rank_is_approximated(int n, int m, double tail, long rank) =>
        HodgesLehmann.Rank(new SortedArms(new double[n], new double[m]), tail).ShouldBe(rank);

    [Fact]
    public void An_approximated_rank_below_1_is_no_interval()
    {
        double[] control = [0];
        var treatment = Enumerable.Range(1, 10_001).Select(i => (double)i).ToArray();

        HodgesLehmann.Shift(control, treatment, 1e-9).AsComputed!.Interval.ShouldBeNull();
    }

    [Fact]
    public void A_shift_that_leaves_the_doubles_is_not_computable() =>
        HodgesLehmann.Shift([-1.7e308, -1.6e308], [1.7e308, 1.6e308]).ShouldBeOfType<NotComputable>().Reason.ShouldContain("range of a double");

    [Theory]
    [InlineData(new double[0], new double[] { 1, 2 }, "the control has 0 values; at least 1 is needed")]
    [InlineData(new double[] { 1, 1 }, new double[] { 1, 1 }, "all 4 values are equal")]
    public void Data_without_an_answer_say_why(double[] control, double[] treatment, string reason) =>
        HodgesLehmann.Shift(control, treatment).ShouldBeOfType<NotComputable>().Reason.ShouldBe(reason);

    [Fact]
    public void Alpha_is_a_share() => Should.Throw<AssayException>(() => HodgesLehmann.Shift(A, B, 1));
}
