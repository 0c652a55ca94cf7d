using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class RisingRootTests
{
    [Theory]
    [InlineData(0.001)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(1e9)]
    public void The_root_is_found_from_any_guess(double guess) => RisingRoot.Find(x => Math.Log(x) - 2, 0.01, guess, 1e6)!.Value.ShouldBe(Math.Exp(2), 1e-14);

    [Fact]
    public void A_function_above_zero_everywhere_has_its_least_point() => RisingRoot.Find(x => x, 3, 50, 100).ShouldBe(3);

    [Fact]
    public void A_function_below_zero_everywhere_has_no_root() => RisingRoot.Find(x => x - 101, 3, 50, 100).ShouldBeNull();

    [Fact]
    public void A_root_at_an_end_is_found()
    {
        RisingRoot.Find(x => x - 100, 3, 50, 100).ShouldBe(100);
        RisingRoot.Find(x => x - 3, 3, 50, 100).ShouldBe(3);
        RisingRoot.Find(x => x - 3, 3, 1, 100).ShouldBe(3);
    }
}
