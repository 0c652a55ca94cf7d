using Assay.Statistics.Resampling;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Resampling;

public sealed class BootstrapTests
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
    private static readonly SampleStatistic Largest = sample => Moments.Of(sample).Max;

    // A transcription of generator, resampling, jackknife and formula into numpy and scipy.
    [Fact]
    public void The_interval_of_a_mean_is_that_of_an_independent_transcription()
    {
        var result = Bootstrap.Interval(B, Mean, Resamples).ShouldBeOfType<Computed>();

        result.Method.ShouldBe("BCa bootstrap interval, 999 resamples, seed 1");
        result.Estimate.ShouldBe(149.9078, tolerance: 1e-12);
        result.StandardError!.Value.ShouldBe(23.02475141233346, tolerance: 1e-10);
        result.N.ShouldBe(15);
        result.P.ShouldBeNull();
        Ends(result, 114.42399350365292, 207.21626984130953, 0.95);
        Ends(Bootstrap.Interval(B, Mean, Resamples, alpha: 0.1), 118.48604361599327, 197.08976193030156, 0.9);
    }

    [Fact]
    public void The_interval_of_a_difference_of_medians_is_that_of_an_independent_transcription()
    {
        var result = Bootstrap.Compare(A, B.AsSpan(0, 12), Median, Resamples).ShouldBeOfType<Computed>();

        result.Method.ShouldBe("BCa bootstrap interval of a difference, 999 resamples, seed 1");
        result.Estimate.ShouldBe(-3.9405, tolerance: 1e-12);
        result.StandardError!.Value.ShouldBe(30.540194153826164, tolerance: 1e-10);
        result.N.ShouldBe(27);
        result.P.ShouldBeNull();
        Ends(result, -47.096, 59.73, 0.95);
    }

    // scipy.stats.bootstrap, BCa, 99,999 resamples of its own: 113.02 to 210.30 and −28.8 to 77.1, both within 1 %.
    [Fact]
    public void Other_resamples_give_nearly_the_same_interval()
    {
        var one = Bootstrap.Interval(B, Mean, seed: 5).AsComputed!.Interval!.Value;
        var two = Bootstrap.Compare(A, B.AsSpan(0, 12), Mean, seed: 5).AsComputed!.Interval!.Value;

        one.Low!.Value.ShouldBe(113.0, tolerance: 1.5);
        one.High!.Value.ShouldBe(210.3, tolerance: 3);
        two.Low!.Value.ShouldBe(-28.8, tolerance: 1.5);
        two.High!.Value.ShouldBe(77.1, tolerance: 3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_result_and_another_one_another()
    {
        Bootstrap.Interval(B, Mean, Resamples, seed: 3).ShouldBe(Bootstrap.Interval(B, Mean, Resamples, seed: 3));
        Bootstrap.Compare(A, B, Mean, Resamples, seed: 3).ShouldBe(Bootstrap.Compare(A, B, Mean, Resamples, seed: 3));
        Bootstrap.Interval(B, Mean, Resamples, seed: 3).AsComputed!.Interval.ShouldNotBe(Bootstrap.Interval(B, Mean, Resamples).AsComputed!.Interval);
    }

    [Fact]
    public void A_statistic_that_is_not_finite_in_some_resamples_is_counted()
    {
        // 1/(how often the 1 was drawn): infinite when it was not, in about (2/3)³ of the resamples.
        SampleStatistic rare = sample => 1.0 / sample.Count(1.0);

        var reason = Reason(Bootstrap.Interval([1, 2, 3], rare, Resamples));

        reason.ShouldMatch("^the statistic is not finite in (2[5-9]|3[0-5])\\d of 999 resamples$");
    }

    [Fact]
    public void A_statistic_that_is_not_finite_on_the_sample_is_no_estimate()
    {
        Reason(Bootstrap.Interval([1, 2, 3], _ => double.NaN, Resamples)).ShouldBe("the statistic of the sample is not finite");
        Reason(Bootstrap.Compare([1, 2, 3], [4, 5], _ => double.PositiveInfinity, Resamples)).ShouldBe("the statistic of the sample is not finite");
    }

    [Fact]
    public void A_statistic_that_needs_every_value_is_not_computable_without_one() =>
        Reason(Bootstrap.Interval([1, 2, 3], sample => sample.Length == 3 ? Mean(sample) : double.NaN, Resamples))
            .ShouldBe("the statistic is not finite when values are left out");

    [Fact]
    public void Resamples_that_all_agree_are_no_distribution()
    {
        Reason(Bootstrap.Interval([2.5, 2.5, 2.5], Mean)).ShouldBe("all 9,999 resamples give 2.5");
        Reason(Bootstrap.Compare([1, 1], [3, 3], Mean, Resamples)).ShouldBe("all 999 resamples give 2");
    }

    [Fact]
    public void Too_few_resamples_for_the_confidence_are_named() =>
        Reason(Bootstrap.Interval(B, Mean, 19)).ShouldBe("an end of the interval lies beyond the 19 resamples; take more resamples, or a larger alpha");

    [Fact]
    public void A_statistic_without_influence_keeps_its_bias_correction()
    {
        // Leaving out one of two largest values does not move the maximum, so that there is no acceleration; resamples do.
        Bootstrap.Interval([1, 2, 9, 9], Largest, Resamples, alpha: 0.5).AsComputed!.Interval.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(new double[] { 1 }, "the sample has 1 value; at least 2 are needed")]
    [InlineData(new double[] { 1, double.NaN }, "the sample has 1 value that is not finite")]
    public void A_sample_without_an_answer_says_why(double[] sample, string reason)
    {
        Reason(Bootstrap.Interval(sample, Mean)).ShouldBe(reason);
        Reason(Bootstrap.Compare(sample, [1, 2], Mean)).ShouldBe(reason.Replace("sample", "control"));
        Reason(Bootstrap.Compare([1, 2], sample, Mean)).ShouldBe(reason.Replace("sample", "treatment"));
    }

    [Fact]
    public void Parameters_out_of_range_are_a_mistake()
    {
        Should.Throw<AssayException>(() => Bootstrap.Interval(B, Mean, 0)).Message.ShouldBe("resamples is 0; at least 1 is needed.");
        Should.Throw<AssayException>(() => Bootstrap.Interval(B, Mean, alpha: 0));
        Should.Throw<AssayException>(() => Bootstrap.Compare(A, B, Mean, 0)).Fix.ShouldBe("Give the number of resamples, such as 9999.");
        Should.Throw<AssayException>(() => Bootstrap.Compare(A, B, Mean, alpha: 1));
    }

    private static double Median(ReadOnlySpan<double> sample)
    {
        var sorted = sample.ToArray();
        Array.Sort(sorted);
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Ends(StatisticResult result, double low, double high, double confidence)
    {
        var interval = result.ShouldBeOfType<Computed>().Interval!.Value;
        interval.Low!.Value.ShouldBe(low, tolerance: 1e-7);
        interval.High!.Value.ShouldBe(high, tolerance: 1e-7);
        interval.Confidence.ShouldBe(confidence);
    }

    private static string Reason(StatisticResult result) => result.ShouldBeOfType<NotComputable>().Reason;
}
