using Assay.Statistics.Resampling;

namespace Assay.Statistics.Tests.Resampling;

public sealed class SignFlipTestTests
{
    private const string Name = "Sign-flip test of the mean difference";

    private static readonly double[] D = [0.3, 0.1, -0.2, 0.4, 0.05, -0.01, 0.25, 0.1, -0.15, 0.3, 0.2, 0.35];

    [Fact]
    public void Ten_differences_of_one_sign_are_as_rare_as_two_in_1024()
    {
        double[] differences = [.. Enumerable.Range(1, 10).Select(i => i / 10.0)];

        P(SignFlipTest.Compare(differences)).ShouldBe(2 / 1024.0);
        P(SignFlipTest.Compare(differences, alternative: Alternative.Greater)).ShouldBe(1 / 1024.0);
        P(SignFlipTest.Compare(differences, alternative: Alternative.Less)).ShouldBe(1);
    }

    // All 4,096 signs in fractions.
    [Theory]
    [InlineData(Alternative.TwoSided, 152)]
    [InlineData(Alternative.Greater, 76)]
    [InlineData(Alternative.Less, 4032)]
    public void Few_signs_are_all_counted(Alternative alternative, int extreme)
    {
        var result = SignFlipTest.Compare(D, alternative: alternative).ShouldBeOfType<Computed>();

        P(result).ShouldBe(extreme / 4096.0);
        result.Estimate.ShouldBe(0.14083333333333333333, tolerance: 1e-16);
        result.N.ShouldBe(12);
        result.Interval.ShouldBeNull();
        result.Method.ShouldBe(Name + ", exact over 4,096 signs");
    }

    [Fact]
    public void As_many_signs_as_draws_and_one_are_counted_and_more_are_drawn()
    {
        SignFlipTest.Compare(D, 4095).Method.ShouldBe(Name + ", exact over 4,096 signs");
        SignFlipTest.Compare(D, 4094, seed: 3).Method.ShouldBe(Name + ", 4,094 draws, seed 3");
    }

    // The same draws by a transcription into Python, in fractions.
    [Theory]
    [InlineData(Alternative.TwoSided, 34, 4)]
    [InlineData(Alternative.Greater, 23, 2)]
    [InlineData(Alternative.Less, 977, 997)]
    public void Drawn_signs_count_the_ones_seen(Alternative alternative, int of12, int of69)
    {
        // One of the 70 differences is 0 and does not count: 69 take two random numbers a draw.
        double[] many = [.. Enumerable.Range(1, 70).Select(i => ((i * 37 % 101) - 40) / 100.0)];

        P(SignFlipTest.Compare(D, 999, 1, alternative)).ShouldBe((of12 + 1) / 1000.0);
        P(SignFlipTest.Compare(many, 999, 2, alternative)).ShouldBe((of69 + 1) / 1000.0);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    [InlineData(1e300)]
    public void The_unit_changes_nothing(double unit)
    {
        double[] scaled = [.. D.Select(d => d * unit)];

        P(SignFlipTest.Compare(scaled)).ShouldBe(152 / 4096.0);
        P(SignFlipTest.Compare(scaled, 999)).ShouldBe(35 / 1000.0);
    }

    [Fact]
    public void Differences_that_cancel_are_no_evidence() => P(SignFlipTest.Compare([0.5, -0.5, 0.25, -0.25])).ShouldBe(1);

    [Fact]
    public void Pairs_without_a_difference_change_no_p()
    {
        var result = SignFlipTest.Compare([0, .. D, 0, 0, 0]).AsComputed!;

        P(result).ShouldBe(152 / 4096.0);
        result.Estimate.ShouldBe(1.69 / 16, tolerance: 1e-16);
        result.N.ShouldBe(16);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(64)]
    [InlineData(65)]
    public void More_signs_than_a_long_can_count_are_drawn(int pairs) =>
        SignFlipTest.Compare([.. Enumerable.Repeat(1.0, pairs)], 99).AsComputed!.P!.Value.Value.ShouldBe(0.01);

    [Fact]
    public void The_same_seed_gives_the_same_result()
    {
        SignFlipTest.Compare(D, 99, 1).ShouldBe(SignFlipTest.Compare(D, 99, 1));
        P(SignFlipTest.Compare(D, 999, 1)).ShouldNotBe(P(SignFlipTest.Compare(D, 999, 2)));
    }

    [Theory]
    [InlineData(new double[0], "the series of differences has 0 values; at least 1 is needed")]
    [InlineData(new double[] { 0, 0, -0.0 }, "the differences of all 3 pairs are 0")]
    [InlineData(new double[] { 1, double.NaN }, "the series of differences has 1 value that is not finite")]
    [InlineData(new double[] { 1e308, -1.7e308 }, "the differences are too large: their sum leaves the range of a double")]
    public void Data_without_an_answer_say_why(double[] differences, string reason) =>
        SignFlipTest.Compare(differences).ShouldBeOfType<NotComputable>().Reason.ShouldBe(reason);

    [Fact]
    public void At_least_one_draw_is_needed() => Should.Throw<AssayException>(() => SignFlipTest.Compare(D, 0));

    private static double P(StatisticResult result) => result.ShouldBeOfType<Computed>().P!.Value.Value;
}
