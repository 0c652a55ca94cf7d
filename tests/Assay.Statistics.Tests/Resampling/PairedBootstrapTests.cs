using Assay.Statistics.Resampling;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Resampling;

public sealed class PairedBootstrapTests
{
    private const int Resamples = 999;

    private static readonly double[] A =
    [
        206.583,
        29.04,
        145.944,
        102.294,
        168.561,
        116.077,
        206.625,
        100.756,
        80.924,
        125.486,
        118.255,
        86.251,
        90.114,
        132.658,
        131.858,
    ];
    private static readonly double[] B =
    [
        160.486,
        82.122,
        64.755,
        37.713,
        105.5,
        200.145,
        123.129,
        149.118,
        182.965,
        85.383,
        351.045,
        85.562,
        141.093,
        363.519,
        116.082,
    ];

    private static readonly SampleStatistic Mean = sample => Moments.Of(sample).Mean;

    // A transcription of generator, resampling, jackknife and formula into numpy and scipy.
    [Fact]
    public void The_result_is_that_of_an_independent_transcription()
    {
        var result = PairedBootstrap.Compare(A, B, Mean, Resamples, seed: 3).ShouldBeOfType<Computed>();

        result.Method.ShouldBe("BCa paired bootstrap of a difference, 999 resamples, seed 3");
        result.Estimate.ShouldBe(27.146066666666667, tolerance: 1e-12);
        result.StandardError!.Value.ShouldBe(25.21257737702575, tolerance: 1e-10);
        result.N.ShouldBe(15);
        result.P!.Value.Value.ShouldBe(0.262);
        result.Interval!.Value.Low!.Value.ShouldBe(-14.933795018974207, tolerance: 1e-7);
        result.Interval.Value.High!.Value.ShouldBe(85.50298842342411, tolerance: 1e-7);
    }

    [Fact]
    public void Swapped_series_mirror_the_difference()
    {
        var result = PairedBootstrap.Compare(B, A, Mean, Resamples, seed: 3).AsComputed!;

        result.Estimate.ShouldBe(-27.146066666666667, tolerance: 1e-12);
        result.P!.Value.Value.ShouldBe(0.262);
        result.Interval!.Value.Low!.Value.ShouldBe(-85.50298842342411, tolerance: 1e-7);
    }

    [Fact]
    public void A_difference_of_every_pair_has_the_smallest_p()
    {
        double[] better = [.. A.Select((value, i) => value + 1 + (i * 0.1))];

        PairedBootstrap.Compare(A, better, Mean, Resamples).AsComputed!.P!.Value.Value.ShouldBe(0.002);
        PairedBootstrap.Compare(better, A, Mean, Resamples).AsComputed!.P!.Value.Value.ShouldBe(0.002);
    }

    // 1 and −1 in equal numbers: most resamples lie on one side, those at 0 on both, and twice the smaller share passes 1.
    [Fact]
    public void Resamples_at_0_count_on_both_sides_and_p_is_at_most_1() =>
        new BootstrapDistribution([-1, 0, 0, 0, 1], 0, [1, -1]).PAgainstZero().Value.ShouldBe(1);

    [Fact]
    public void The_smaller_side_is_doubled()
    {
        new BootstrapDistribution([-1, 1, 2, 3, 4, 5, 6, 7, 8], 4, [1]).PAgainstZero().Value.ShouldBe(0.4);
        new BootstrapDistribution([-8, -7, -6, -5, -4, -3, -2, 0, 1], 4, [1]).PAgainstZero().Value.ShouldBe(0.6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    public void Pairs_that_differ_by_the_same_up_to_rounding_are_no_distribution(double unit)
    {
        Reason(PairedBootstrap.Compare([1 * unit, 2 * unit, 4 * unit], [2 * unit, 3 * unit, 5 * unit], Mean, Resamples))
            .ShouldBe(FormattableString.Invariant($"all 999 resamples give {unit:G12}"));
        Reason(PairedBootstrap.Compare([-1 * unit, -2 * unit, -4 * unit], [-1.1 * unit, -2.1 * unit, -4.1 * unit], Mean, Resamples))
            .ShouldStartWith("all 999 resamples give -");
    }

    [Fact]
    public void Pairs_that_differ_by_more_than_rounding_are_a_distribution() =>
        PairedBootstrap.Compare([1, 2, 4, 5], [2, 3 + 1e-9, 5, 6], Mean, Resamples).ShouldBeOfType<Computed>();

    [Fact]
    public void The_same_seed_gives_the_same_result() => PairedBootstrap.Compare(A, B, Mean, 199).ShouldBe(PairedBootstrap.Compare(A, B, Mean, 199));

    [Theory]
    [InlineData(new double[] { 1 }, new double[] { 2 }, "the control has 1 value; at least 2 are needed")]
    [InlineData(new double[] { 1, 2 }, new double[] { 2, double.NaN }, "the treatment has 1 value that is not finite")]
    public void Data_without_an_answer_say_why(double[] control, double[] treatment, string reason) =>
        Reason(PairedBootstrap.Compare(control, treatment, Mean)).ShouldBe(reason);

    [Fact]
    public void Parameters_out_of_range_are_a_mistake()
    {
        Should.Throw<AssayException>(() => PairedBootstrap.Compare(A, B.AsSpan(1), Mean)).Message.ShouldContain("15 and 14");
        Should.Throw<AssayException>(() => PairedBootstrap.Compare(A, B, Mean, 0));
        Should.Throw<AssayException>(() => PairedBootstrap.Compare(A, B, Mean, alpha: 0));
    }

    private static string Reason(StatisticResult result) => result.ShouldBeOfType<NotComputable>().Reason;
}
