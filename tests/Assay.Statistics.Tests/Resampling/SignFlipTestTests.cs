using Assay.Statistics.Resampling;

namespace Assay.Statistics.Tests.Resampling;

public sealed class SignFlipTestTests
{
    [Fact]
    public void Ten_differences_of_one_sign_are_seen_as_rare_as_two_in_1024()
    {
        var differences = Enumerable.Range(1, 10).Select(i => i / 10.0).ToArray();

        SignFlipTest.PValue(differences, 100_000, seed: 7).ShouldBe(2 / 1024.0, tolerance: 0.0006);
    }

    [Fact]
    public void Differences_that_cancel_are_no_evidence() => SignFlipTest.PValue([0.5, -0.5, 0.25, -0.25], 10_000, seed: 7).ShouldBe(1);

    [Fact]
    public void No_pairs_are_no_evidence() => SignFlipTest.PValue([], 1000, seed: 7).ShouldBe(1);

    [Fact]
    public void The_same_seed_gives_the_same_value()
    {
        double[] differences = [0.3, 0.1, -0.2, 0.4, 0.05, -0.01];

        SignFlipTest.PValue(differences, 999, seed: 1).ShouldBe(SignFlipTest.PValue(differences, 999, seed: 1));
    }
}
