using Assay.Statistics.Samples;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Samples;

public sealed class MomentsTests
{
    private static readonly double[] Ten = [2.5, -1, 0.25, 8, 3, 3, -7.5, 100, 0, 1e-3];

    /// <summary>Expected: mpmath, 60 digits.</summary>
    [Fact]
    public void Ten_values_have_their_moments()
    {
        var moments = Moments.Of(Ten);

        (moments.Count, moments.NotFinite, moments.Min, moments.Max).ShouldBe((10, 0, -7.5, 100));
        moments.Mean.ShouldBe(10.8251);
        moments.MeanRest.ShouldBe(-8.3275400464266624567e-16, 1e-30);
        moments.M2.ShouldBe(8973.7346009, 2e-12);
        moments.M3!.Value.ShouldBe(696048.88813902072, 2e-10);
        moments.M4!.Value.ShouldBe(63421545.246129704517, 1e-8);
        moments.Variance.ShouldBe(997.08162232222222222, 2e-13);
        moments.StandardDeviation.ShouldBe(31.576599283681930751, 5e-15);
        moments.Skewness!.Value.ShouldBe(2.5892853399547503158, 1e-15);
        moments.Kurtosis!.Value.ShouldBe(4.875721986279806139, 2e-15);
    }

    [Fact]
    public void An_empty_sample_has_no_figures()
    {
        var moments = Moments.Of([]);

        (moments.Count, moments.NotFinite, moments.Mean, moments.MeanRest, moments.Min, moments.Max).ShouldBe((0, 0, 0, 0, 0, 0));
        (moments.M2, moments.M3, moments.M4).ShouldBe((0, 0, 0));
        (moments.Variance, moments.StandardDeviation, moments.Skewness, moments.Kurtosis).ShouldBe((0, 0, null, null));
    }

    [Fact]
    public void One_value_has_no_variance()
    {
        var moments = Moments.Of([42.5]);

        (moments.Count, moments.Mean, moments.Min, moments.Max, moments.M2, moments.Variance).ShouldBe((1, 42.5, 42.5, 42.5, 0, 0));
        (moments.Skewness, moments.Kurtosis).ShouldBe((null, null));
    }

    [Fact]
    public void Two_values_have_a_variance()
    {
        var moments = Moments.Of([1, 4]);

        (moments.Mean, moments.M2, moments.Variance, moments.M3, moments.M4).ShouldBe((2.5, 4.5, 4.5, 0, 10.125));
        (moments.Skewness, moments.Kurtosis).ShouldBe((0, -2));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(1026)]
    [InlineData(2048)]
    [InlineData(5003)]
    public void Every_length_has_the_moments_of_exact_arithmetic(int n)
    {
        foreach (var offset in (long[])[0, 1_000_000_000_000])
        {
            var values = Whole(n, offset);

            Moments.Of(Doubles(values)).ShouldBeThoseOf(values);
        }
    }

    [Fact]
    public void The_mean_keeps_what_a_double_cannot_hold()
    {
        var values = Whole(3001, 1_000_000_007);
        var moments = Moments.Of(Doubles(values));

        var rest = ExactMoments.Rest(moments.Mean, values);
        rest.ShouldNotBe(0);
        moments.MeanRest.ShouldBe(rest, Math.Abs(rest) * 1e-8);
    }

    /// <summary>The mean lies a third of the way between two neighbours: d = −4/3, 2/3, 2/3.</summary>
    [Fact]
    public void Values_one_bit_apart_have_their_moments()
    {
        var moments = Moments.Of([1e16, 1e16 + 2, 1e16 + 2]);

        (moments.Mean, moments.MeanRest).ShouldBe((1e16 + 2, -2.0 / 3));
        moments.M2.ShouldBe(8.0 / 3, 1e-15);
        moments.M3!.Value.ShouldBe(-16.0 / 9, 1e-15);
        moments.M4!.Value.ShouldBe(32.0 / 9, 1e-15);
    }

    [Fact]
    public void Any_partition_gives_the_same_figures() =>
        Check.One(
            Properties.Config,
            Prop.ForAll(
                ArbMap.Default.GeneratorFor<int>().ArrayOf().Where(values => values.Length > 0).ToArbitrary(),
                ArbMap.Default.GeneratorFor<PositiveInt>().ToArbitrary(),
                (values, part) =>
                {
                    var whole = values.Select(value => value + 1_000_000_000L).ToArray();
                    var merged = default(Moments);
                    foreach (var chunk in Doubles(whole).Chunk(part.Get))
                    {
                        merged = Moments.Merge(merged, Moments.Of(chunk));
                    }

                    merged.ShouldBeThoseOf(whole);
                }
            )
        );

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(2999)]
    public void Unequal_parts_merge_from_either_side(int cut)
    {
        // Two groups far apart: nearly all of the figures comes from the merge itself.
        var values = Whole(3000, 0).Select((value, i) => i < cut ? value + 50_000_000 : value).ToArray();
        var (first, second) = (Moments.Of(Doubles(values[..cut])), Moments.Of(Doubles(values[cut..])));

        Moments.Merge(first, second).ShouldBeThoseOf(values);
        Moments.Merge(second, first).ShouldBeThoseOf(values);
    }

    [Fact]
    public void Merging_with_an_empty_side_changes_nothing()
    {
        var moments = Moments.Of(Ten);

        Moments.Merge(moments, default).ShouldBe(moments);
        Moments.Merge(default, moments).ShouldBe(moments);
        Moments.Merge(default, default).ShouldBe(default);
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_apart()
    {
        foreach (var bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            for (var place = 0; place <= Ten.Length; place++)
            {
                double[] spoilt = [.. Ten[..place], bad, .. Ten[place..], bad];
                var moments = Moments.Of(spoilt);

                moments.NotFinite.ShouldBe(2);
                moments.ShouldBe(Moments.Of(Ten).WithNotFinite(2));
            }
        }
    }

    [Fact]
    public void Infinities_of_both_signs_do_not_cancel_each_other() =>
        Moments.Of([double.PositiveInfinity, 1, double.NegativeInfinity]).ShouldBe(Moments.Of([1]).WithNotFinite(2));

    [Fact]
    public void Nothing_but_values_that_are_not_finite_is_an_empty_sample()
    {
        var moments = Moments.Of([double.NaN, double.NaN, double.PositiveInfinity]);

        (moments.Count, moments.NotFinite, moments.Mean, moments.Min, moments.Max).ShouldBe((0, 3, 0, 0, 0));
    }

    [Fact]
    public void Merging_adds_the_values_that_were_not_finite()
    {
        var (a, b) = (Moments.Of([1, double.NaN]), Moments.Of([2, double.NaN, double.NaN]));
        var none = Moments.Of([double.NaN]);

        (Moments.Merge(a, b).NotFinite, Moments.Merge(a, b).Count).ShouldBe((3, 2));
        (Moments.Merge(none, b).NotFinite, Moments.Merge(none, b).Mean).ShouldBe((3, 2));
        (Moments.Merge(b, none).NotFinite, Moments.Merge(b, none).Mean).ShouldBe((3, 2));
        Moments.Merge(none, none).NotFinite.ShouldBe(2);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e9 + 0.3)]
    [InlineData(-1e300)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    public void Equal_values_have_exactly_no_variance(double value)
    {
        foreach (var n in (int[])[2, 3, 10, 1024, 1025, 5003])
        {
            var moments = Moments.Of(Enumerable.Repeat(value, n).ToArray());

            (moments.Mean, moments.MeanRest, moments.M2, moments.M3, moments.M4).ShouldBe((value, 0, 0, 0, 0));
            (moments.Min, moments.Max, moments.Skewness, moments.Kurtosis).ShouldBe((value, value, null, null));
        }
    }

    [Fact]
    public void Values_at_the_end_of_double_keep_their_mean_and_own_that_they_have_no_variance_there()
    {
        var moments = Moments.Of([double.MaxValue, double.MaxValue, 0, -double.MaxValue]);

        moments.Mean.ShouldBe(double.MaxValue / 4);
        (moments.M2, moments.Variance, moments.StandardDeviation).ShouldBe((double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity));
        (moments.M3, moments.M4, moments.Skewness, moments.Kurtosis).ShouldBe((null, null, null, null));
        (moments.Min, moments.Max).ShouldBe((-double.MaxValue, double.MaxValue));
    }

    [Fact]
    public void Blocks_at_the_two_ends_of_double_merge()
    {
        double[] values = [.. Enumerable.Repeat(double.MaxValue, 1024), .. Enumerable.Repeat(-double.MaxValue, 1024)];
        var moments = Moments.Of(values);

        (moments.Mean, moments.M2, moments.M3, moments.M4).ShouldBe((0, double.PositiveInfinity, 0, null));
        (moments.Min, moments.Max, moments.Count).ShouldBe((-double.MaxValue, double.MaxValue, 2048));
    }

    [Fact]
    public void Figures_leave_the_range_of_double_one_by_one()
    {
        var fourth = Moments.Of([0, 1e90]);
        fourth.M2.ShouldBe(5e179, 1e164);
        (fourth.M4, fourth.Kurtosis).ShouldBe((null, null));
        fourth.M3.ShouldNotBeNull();

        var third = Moments.Of([0, 0, 1e110]);
        third.M2.ShouldBe(1e220 * 2 / 3, 1e205);
        (third.M3, third.Skewness).ShouldBe((null, null));

        var second = Moments.Of([0, 1e160]);
        (second.M2, second.Mean, second.Skewness).ShouldBe((double.PositiveInfinity, 5e159, null));
    }

    [Fact]
    public void The_shape_does_not_depend_on_the_scale()
    {
        // M2² would leave the range of double long before M4 does.
        var small = Moments.Of([.. Ten.Select(value => Math.ScaleB(value, 200))]);

        small.Skewness!.Value.ShouldBe(2.5892853399547503158, 1e-15);
        small.Kurtosis!.Value.ShouldBe(4.875721986279806139, 2e-15);
    }

    [Fact]
    public void A_summary_is_taken_as_it_is()
    {
        var moments = Moments.FromSummary(7, 3.5, 1.25);

        (moments.Count, moments.NotFinite, moments.Mean, moments.MeanRest).ShouldBe((7, 0, 3.5, 0));
        (moments.M2, moments.Variance, moments.StandardDeviation).ShouldBe((9.375, 1.5625, 1.25));
        (moments.Min, moments.Max, moments.M3, moments.M4, moments.Skewness, moments.Kurtosis).ShouldBe((3.5, 3.5, null, null, null, null));
    }

    [Fact]
    public void A_summary_of_nothing_is_empty() => Moments.FromSummary(0, 3.5, 1.25).ShouldBe(default);

    [Fact]
    public void A_summary_of_one_value_has_no_variance() =>
        (Moments.FromSummary(1, 3.5, 0).Variance, Moments.FromSummary(1, 3.5, 0).Mean, Moments.FromSummary(1, 3.5, 2).M2).ShouldBe((0, 3.5, 0));

    [Fact]
    public void A_summary_merges_but_its_shape_stays_unknown()
    {
        var values = Moments.Of([1, 2, 6]);
        var merged = Moments.Merge(Moments.FromSummary(3, values.Mean, values.StandardDeviation), values);

        merged.Mean.ShouldBe(3);
        merged.M2.ShouldBe(28, 1e-14);
        (merged.M3, merged.M4, merged.Skewness, merged.Kurtosis).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void A_deviation_too_large_to_square_has_no_variance_in_a_double() => Moments.FromSummary(3, 0, 1e200).M2.ShouldBe(double.PositiveInfinity);

    [Theory]
    [InlineData(-1, 0, 1, "A summary has a count of -1.")]
    [InlineData(5, double.NaN, 1, "A summary has a mean of NaN.")]
    [InlineData(5, double.PositiveInfinity, 1, "A summary has a mean of Infinity.")]
    [InlineData(5, 0, -0.5, "A summary has a standard deviation of -0.5.")]
    [InlineData(5, 0, double.NaN, "A summary has a standard deviation of NaN.")]
    [InlineData(5, 0, double.PositiveInfinity, "A summary has a standard deviation of Infinity.")]
    public void A_summary_that_cannot_be_is_refused(long count, double mean, double sd, string problem)
    {
        var refusal = Should.Throw<AssayException>(() => Moments.FromSummary(count, mean, sd));

        (refusal.Message, refusal.ExitCode).ShouldBe((problem, ExitCode.WrongUsage));
        refusal.Fix.ShouldStartWith("Give ");
    }

    [Fact]
    public void An_offset_of_1e9_costs_no_digit_of_the_difference_of_means()
    {
        double[] control = [1e9 + 0.25, 1e9 + 0.5, 1e9 + 1];
        double[] treatment = [1e9 + 0.5, 1e9 + 1, 1e9 + 1.5];

        // 3 − 1.75 = 1.25 over 3 values.
        Moments.DifferenceOfMeans(Moments.Of(control), Moments.Of(treatment)).ShouldBe(1.25 / 3, 1e-16);
        Moments.DifferenceOfMeans(Moments.Of(treatment), Moments.Of(control)).ShouldBe(-1.25 / 3, 1e-16);
    }

    /// <summary>What one machine computed; every other must compute the same bits, with or without vectors.</summary>
    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        var moments = Moments.Of(Fractions(5003));

        (moments.Mean, moments.MeanRest).ShouldBe((499.92276236146665, -2.1246690639558462E-14));
        (moments.M2, moments.M3, moments.M4).ShouldBe((416926270.7918838, -5652013.409186594, 62542739953327.47));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] values = [.. Fractions(5000), double.NaN];
        Moments.Of(values);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var moments = Moments.Of(values);
        moments = Moments.Merge(moments, moments);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        (moments.Count, moments.NotFinite).ShouldBe((10_000, 2));
    }

    internal static double[] Fractions(int n) => [.. Enumerable.Range(0, n).Select(i => (i * 2654435761L % 4294967296L) / 4294967.296)];

    private static long[] Whole(int n, long offset) => [.. Enumerable.Range(0, n).Select(i => (i * 7919L * i % 10007) - 3000 + offset)];

    private static double[] Doubles(IEnumerable<long> values) => [.. values.Select(value => (double)value)];
}
