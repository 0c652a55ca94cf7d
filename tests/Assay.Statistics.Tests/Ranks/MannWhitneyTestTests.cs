using Assay.Statistics.Ranks;

namespace Assay.Statistics.Tests.Ranks;

public sealed class MannWhitneyTestTests
{
    private static readonly double[] A = [1.1, 2.2, 3.3, 4.4];
    private static readonly double[] B = [2.5, 3.6, 5.7, 6.8, 7.9];

    [Fact]
    public void Few_values_without_ties_are_counted_exactly()
    {
        var result = MannWhitneyTest.Compare(A, B).ShouldBeOfType<Computed>();

        result.Statistic.ShouldBe(17);
        result.P!.Value.Value.ShouldBe(1 / 9.0, tolerance: 1e-15);
        result.Estimate.ShouldBe(2.45, tolerance: 1e-15);
    }
}
