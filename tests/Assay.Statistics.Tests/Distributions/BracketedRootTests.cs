using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

public sealed class BracketedRootTests
{
    [Fact]
    public void A_root_is_found_to_the_last_digits() => BracketedRoot.Find(x => (x * x) - 2, 0, 2).ShouldBe(Math.Sqrt(2), 4e-16);

    [Fact]
    public void The_ends_may_come_in_either_order() => BracketedRoot.Find(x => (x * x) - 2, 2, 0).ShouldBe(Math.Sqrt(2), 4e-16);

    [Fact]
    public void An_infinite_end_is_allowed() => BracketedRoot.Find(x => -Math.Log(x) - 600, 0, 1).ShouldBe(Math.Exp(-600), Math.Exp(-600) * 1e-12);

    [Fact]
    public void A_flat_function_is_halved() => BracketedRoot.Find(x => Math.Pow(x - 0.3, 9), 0, 1).ShouldBe(0.3, 1e-15);

    [Fact]
    public void A_jump_is_enclosed() => BracketedRoot.Find(x => x < 0.7 ? -1 : 3, 0, 1).ShouldBe(0.7, 3e-16);

    [Fact]
    public void A_root_at_an_end_is_that_end()
    {
        BracketedRoot.Find(x => x, 0, 1).ShouldBe(0);
        BracketedRoot.Find(x => x - 1, 0, 1).ShouldBe(1);
    }

    [Fact]
    public void Without_a_change_of_sign_the_nearer_end_is_returned()
    {
        BracketedRoot.Find(x => x + 1, 0, 1).ShouldBe(0);
        BracketedRoot.Find(x => x - 3, 0, 1).ShouldBe(1);
    }

    [Fact]
    public void Interpolation_needs_few_steps()
    {
        var calls = 0;
        BracketedRoot.Find(
            x =>
            {
                calls++;
                return Math.Exp(x) - 2;
            },
            0,
            10
        );

        calls.ShouldBeLessThan(20);
    }
}
