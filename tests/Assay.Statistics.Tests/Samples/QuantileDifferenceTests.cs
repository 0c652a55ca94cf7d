using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class QuantileDifferenceTests
{
    private static readonly OrderedSample Control = OrderedSample.Of([.. Enumerable.Range(0, 25).Select(i => i * 37 % 101 / 4.0)]);
    private static readonly OrderedSample Treatment = OrderedSample.Of([.. Enumerable.Range(0, 30).Select(i => (i * 53 % 89 / 4.0) + 3)]);

    /// <summary>Expected: mpmath, 40 digits, from the binomial sums and erfinv.</summary>
    [Theory]
    [InlineData(0.5, 2.75, 3.2437581652152421, 0.84778206633586126, 0.39655935238868478, -3.6076491783796015, 9.1076491783796015)]
    [InlineData(0.25, 3.375, 2.5817690248236702, 1.3072431993526245, 0.19113012824897304, -1.6851743050554908, 8.4351743050554908)]
    public void The_figures_are_those_of_the_formula(double q, double difference, double error, double z, double p, double low, double high)
    {
        var result = QuantileDifference.Compare(Control, Treatment, q).AsComputed!;

        result.Estimate.ShouldBe(difference, 1e-14);
        result.StandardError!.Value.ShouldBe(error, 1e-13);
        result.Statistic!.Value.ShouldBe(z, 1e-13);
        result.P!.Value.Value.ShouldBe(p, 1e-13);
        result.Interval!.Value.Low!.Value.ShouldBe(low, 1e-13);
        result.Interval!.Value.High!.Value.ShouldBe(high, 1e-13);
        (result.Interval!.Value.Confidence, result.N, result.DegreesOfFreedom).ShouldBe((0.95, 55, null));
        result.Method.ShouldBe("Difference of quantiles, order-statistic standard errors");
        result.Reference.ShouldBe("Price and Bonett (2002), J. Statist. Comput. Simul. 72(2)");
    }

    [Fact]
    public void One_sided_claims_have_one_end()
    {
        var greater = QuantileDifference.Compare(Control, Treatment, 0.5, 0.05, Alternative.Greater).AsComputed!;
        greater.P!.Value.Value.ShouldBe(0.19827967619434239, 1e-13);
        greater.Interval!.Value.Low!.Value.ShouldBe(-2.5855073830077454, 1e-13);
        greater.Interval!.Value.High.ShouldBeNull();

        var less = QuantileDifference.Compare(Control, Treatment, 0.5, 0.05, Alternative.Less).AsComputed!;
        less.P!.Value.Value.ShouldBe(0.80172032380565761, 1e-13);
        less.Interval!.Value.Low.ShouldBeNull();
        less.Interval!.Value.High!.Value.ShouldBe(8.0855073830077454, 1e-13);
    }

    [Fact]
    public void Swapping_the_arms_turns_the_sign()
    {
        var (there, back) = (QuantileDifference.Compare(Control, Treatment, 0.5).AsComputed!, QuantileDifference.Compare(Treatment, Control, 0.5).AsComputed!);

        back.Estimate.ShouldBe(-there.Estimate);
        back.P.ShouldBe(there.P);
        back.Interval!.Value.Low.ShouldBe(-there.Interval!.Value.High);
    }

    [Fact]
    public void Alpha_sets_the_width()
    {
        var interval = QuantileDifference.Compare(Control, Treatment, 0.5, alpha: 0.01).AsComputed!.Interval!.Value;

        interval.Confidence.ShouldBe(0.99);
        // 2.5758293035489004 standard errors.
        interval.High!.Value.ShouldBe(2.75 + (2.5758293035489004 * 3.2437581652152421), 1e-13);
    }

    [Fact]
    public void One_arm_that_varies_is_enough()
    {
        var flat = OrderedSample.Of([.. Enumerable.Repeat(4.0, 20)]);
        var result = QuantileDifference.Compare(flat, Treatment, 0.5).AsComputed!;

        result.StandardError!.Value.ShouldBe(2.0978220699139545, 1e-13);
    }

    [Fact]
    public void Arms_that_do_not_vary_there_make_no_winner()
    {
        var (fours, fives) = (OrderedSample.Of([.. Enumerable.Repeat(4.0, 20)]), OrderedSample.Of([.. Enumerable.Repeat(5.0, 20)]));

        QuantileDifference
            .Compare(fours, fives, 0.5)
            .ShouldBeOfType<NotComputable>()
            .Reason.ShouldBe("the values around the 0.5 quantile are equal in both arms; there is no variance");
    }

    /// <summary>Expected counts: the smallest n with round((n + 1)q − 2√(nq(1 − q))) ≥ 1 and the other rank ≤ n, by numpy.</summary>
    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.25, 14)]
    [InlineData(0.9, 44)]
    [InlineData(0.05, 94)]
    [InlineData(0.95, 94)]
    [InlineData(0.99, 490)]
    [InlineData(0.999, 4944)]
    public void An_arm_too_small_names_the_count_needed(double q, int needed)
    {
        var enough = OrderedSample.Of([.. Enumerable.Range(0, needed).Select(i => (double)i)]);
        var small = OrderedSample.Of([.. Enumerable.Range(0, needed - 1).Select(i => (double)i)]);

        QuantileDifference.Compare(enough, enough, q).ShouldBeOfType<Computed>();
        QuantileDifference
            .Compare(small, enough, q)
            .ShouldBeOfType<NotComputable>()
            .Reason.ShouldBe($"the control has {needed - 1} values; the {q} quantile's standard error needs {needed}");
        QuantileDifference
            .Compare(enough, small, q)
            .ShouldBeOfType<NotComputable>()
            .Reason.ShouldBe($"the treatment has {needed - 1} values; the {q} quantile's standard error needs {needed}");
    }

    [Fact]
    public void Empty_arms_name_the_count_needed() =>
        QuantileDifference
            .Compare(OrderedSample.Of([]), OrderedSample.Of([1]), 0.5)
            .ShouldBeOfType<NotComputable>()
            .Reason.ShouldBe("the control has 0 values; the 0.5 quantile's standard error needs 5");

    [Fact]
    public void Values_that_are_not_finite_are_named()
    {
        var spoilt = OrderedSample.Of([1, 2, 3, 4, 5, 6, 7, double.NaN, double.NaN]);

        QuantileDifference.Compare(spoilt, Control, 0.5).ShouldBeOfType<NotComputable>().Reason.ShouldBe("the control has 2 values that are not finite");
        QuantileDifference.Compare(Control, spoilt, 0.5).ShouldBeOfType<NotComputable>().Reason.ShouldBe("the treatment has 2 values that are not finite");
    }

    [Fact]
    public void Arms_too_far_apart_for_a_double_are_owned()
    {
        var (low, high) = (Around(-1.7e308), Around(1.7e308));

        QuantileDifference
            .Compare(low, high, 0.5)
            .ShouldBeOfType<NotComputable>()
            .Reason.ShouldBe("the arithmetic left the range of a double: the values are too large, or too far apart");

        static OrderedSample Around(double value) => OrderedSample.Of([.. Enumerable.Range(1, 9).Select(i => value / i)]);
    }

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(1, 0.05)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 1)]
    public void Wrong_parameters_are_refused(double q, double alpha) =>
        Should.Throw<AssayException>(() => QuantileDifference.Compare(Control, Treatment, q, alpha)).ExitCode.ShouldBe(ExitCode.WrongUsage);
}
