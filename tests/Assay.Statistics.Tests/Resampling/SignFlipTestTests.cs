using Assay.Statistics.Resampling;

namespace Assay.Statistics.Tests.Resampling;

public sealed class SignFlipTestTests
{
    [Fact]
    public void Ten_differences_of_one_sign_are_as_rare_as_two_in_1024() =>
        Compare([.. Enumerable.Range(1, 10).Select(i => i / 10.0)]).P!.Value.Value.ShouldBe(2 / 1024.0);

    private static Computed Compare(double[] differences, int draws = 9999, long seed = 1) =>
        SignFlipTest.Compare(differences, draws, seed).ShouldBeOfType<Computed>();
}
