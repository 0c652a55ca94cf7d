using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class DoubleDoubleTests
{
    private const double Tiny = 1e-20;

    [Fact]
    public void A_sum_keeps_what_rounding_loses()
    {
        var sum = (DoubleDouble)1 + Tiny;

        (sum.High, sum.Low).ShouldBe((1, Tiny));
        (sum - 1).High.ShouldBe(Tiny);
        (1 - sum).High.ShouldBe(-Tiny);
        ((DoubleDouble)Tiny + 1).ShouldBe(sum);
    }

    [Fact]
    public void Both_halves_of_both_numbers_are_added()
    {
        var a = new DoubleDouble(1, Math.ScaleB(1, -60));
        var b = new DoubleDouble(2, Math.ScaleB(3, -61));

        (a + b).ShouldBe(new DoubleDouble(3, Math.ScaleB(5, -61)));
        (b - a).ShouldBe(new DoubleDouble(1, Math.ScaleB(1, -61)));
        (a + -a).ShouldBe(new DoubleDouble(0, 0));
    }

    [Fact]
    public void The_last_bits_of_a_sum_are_kept_in_order()
    {
        // 2^0 + 2^-53 and 2^-54 + 2^-108: the sum's halves must not overlap.
        var sum = new DoubleDouble(1, Math.ScaleB(1, -53)) + new DoubleDouble(Math.ScaleB(1, -54), Math.ScaleB(1, -107));

        sum.High.ShouldBe(1 + Math.ScaleB(1, -52));
        sum.Low.ShouldBe(-Math.ScaleB(1, -54) + Math.ScaleB(1, -107));
    }

    [Fact]
    public void A_product_keeps_what_rounding_loses()
    {
        var a = new DoubleDouble(1, Math.ScaleB(1, -60));

        // (1 + 2^-60)(1 + 2^-30) = 1 + 2^-30 + 2^-60 + 2^-90
        (a * (1 + Math.ScaleB(1, -30))).ShouldBe(new DoubleDouble(1 + Math.ScaleB(1, -30), Math.ScaleB(1, -60) + Math.ScaleB(1, -90)));
        ((DoubleDouble)(1 + Math.ScaleB(1, -30)) * a).ShouldBe(a * (1 + Math.ScaleB(1, -30)));
        // (1 + 2^-30)² = 1 + 2^-29 + 2^-60
        ((DoubleDouble)(1 + Math.ScaleB(1, -30)) * (1 + Math.ScaleB(1, -30))).ShouldBe(new DoubleDouble(1 + Math.ScaleB(1, -29), Math.ScaleB(1, -60)));
    }

    /// <summary>Expected: Python's fractions, rounded twice.</summary>
    [Fact]
    public void A_quotient_has_32_digits()
    {
        var third = (DoubleDouble)1 / 3;

        third.High.ShouldBe(1.0 / 3);
        third.Low.ShouldBe(1.850371707708594e-17, 1e-33);
        (third * 3).ShouldBe(new DoubleDouble(1, 0));
        (new DoubleDouble(3, Math.ScaleB(3, -60)) / 3).ShouldBe(new DoubleDouble(1, Math.ScaleB(1, -60)));
    }

    [Fact]
    public void Scaling_by_a_power_of_two_is_exact() =>
        new DoubleDouble(3, Math.ScaleB(1, -60)).Times2To(-4).ShouldBe(new DoubleDouble(0.1875, Math.ScaleB(1, -64)));
}
