using Assay.Statistics.Tables;
using Assay.Statistics.Tests.Rates;

namespace Assay.Statistics.Tests.Tables;

// Reference figures: mpmath at 60 digits.
public sealed class SampleRatioTests
{
    [Fact]
    public void An_even_split_within_chance_raises_no_alarm()
    {
        var result = SampleRatio.Check([50_123, 49_877], [0.5, 0.5]).Answer();

        result.Statistic.ShouldAgree(0.60516);
        result.DegreesOfFreedom.ShouldBe(1);
        result.P!.Value.Value.ShouldAgree(0.43661599744396395);
        result.Estimate.ShouldAgree(0.00123);
        result.N.ShouldBe(100_000);
        result.Method.ShouldStartWith("Sample ratio mismatch");
        result.Reference.ShouldContain("KDD 2019");
    }

    [Fact]
    public void One_percent_too_many_of_a_million_is_an_alarm()
    {
        var result = SampleRatio.Check([505_000, 495_000], [0.5, 0.5]).Answer();

        result.Statistic.ShouldAgree(100);
        result.P!.Value.Value.ShouldAgree(1.523970604832105e-23, 1e-11);
        result.P!.Value.IsAtMost(0.001).ShouldBeTrue();
        result.Estimate.ShouldAgree(0.005);
    }

    [Fact]
    public void Three_arms_have_two_degrees_of_freedom()
    {
        var result = SampleRatio.Check([8012, 1003, 985], [0.8, 0.1, 0.1]).Answer();

        result.Statistic.ShouldAgree(0.252);
        result.DegreesOfFreedom.ShouldBe(2);
        result.P!.Value.Value.ShouldAgree(0.8816148467834161);
        result.Estimate.ShouldAgree(0.0015);
    }

    [Fact]
    public void An_arm_of_weight_0_does_not_count()
    {
        var result = SampleRatio.Check([1000, 1010, 0], [1, 1, 0]).Answer();

        result.DegreesOfFreedom.ShouldBe(1);
        result.Statistic.ShouldAgree(0.04975124378109453);
        result.P!.Value.Value.ShouldAgree(0.8234966946547395);
        result.N.ShouldBe(2010);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1e-300)]
    [InlineData(1.2e308)]
    public void Only_the_proportions_of_the_weights_matter(double unit) =>
        SampleRatio.Check([30, 70], [unit / 3, unit]).Answer().Statistic.ShouldAgree(4.0 / 3);

    [Fact]
    public void An_arm_that_should_have_units_and_has_none_is_counted()
    {
        var result = SampleRatio.Check([100, 0], [0.5, 0.5]).Answer();

        result.Statistic.ShouldAgree(100);
        result.Estimate.ShouldAgree(0.5);
    }

    [Fact]
    public void Units_in_an_arm_of_weight_0_are_left_out()
    {
        SampleRatio.Check([1000, 1010, 17], [1, 1, 0]).ShouldBe(SampleRatio.Check([1000, 1010], [1, 1]));
        SampleRatio.Check([0, 0, 17], [1, 1, 0]).Refusal().ShouldBe("no arm has units yet");
    }

    [Fact]
    public void No_units_or_a_single_arm_carry_no_answer()
    {
        SampleRatio.Check([0, 0], [1, 1]).Refusal().ShouldBe("no arm has units yet");
        SampleRatio.Check([5], [1]).Refusal().ShouldBe("only 1 arm has a weight above 0; a ratio needs 2");
        SampleRatio.Check([5, 0], [1, 0]).Refusal().ShouldBe("only 1 arm has a weight above 0; a ratio needs 2");
    }

    [Fact]
    public void A_share_too_small_for_a_double_is_not_computable_rather_than_infinite() =>
        SampleRatio.Check([5, 5], [double.Epsilon, 1e300]).Refusal().ShouldContain("range of a double");

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_wrong_weight_is_named_with_its_arm(double weight) =>
        Should
            .Throw<AssayException>(() => SampleRatio.Check([1, 2], [1, weight]))
            .ShouldSay($"Arm 2 has the weight {weight}.", "Give finite weights of 0 or more.");

    [Fact]
    public void Wrong_plans_and_counts_are_refused()
    {
        Should
            .Throw<AssayException>(() => SampleRatio.Check([1, 2], [1]))
            .ShouldSay("There are 2 arms but 1 weights.", "Give one weight for every arm, in the same order.");
        Should
            .Throw<AssayException>(() => SampleRatio.Check([1, 2], [0, 0]))
            .ShouldSay("No arm has a weight above 0.", "Give the planned weights, such as 0.5 and 0.5.");
        Should.Throw<AssayException>(() => SampleRatio.Check([], [])).Message.ShouldBe("No arm has a weight above 0.");
        Should.Throw<AssayException>(() => SampleRatio.Check([1, -2], [1, 1])).Message.ShouldBe("Arm 2 has the count -2.");
        Should
            .Throw<AssayException>(() => SampleRatio.Check([long.MaxValue, long.MaxValue], [1, 1]))
            .Message.ShouldBe("The list of arms sums to 18446744073709551614, above 2^53.");
    }
}
