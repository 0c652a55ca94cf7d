using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

public sealed class StudentAllocationTests
{
    [Fact]
    public void Tails_and_quantiles_allocate_nothing()
    {
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static double Work()
    {
        var sum = 0.0;
        foreach (var df in (ReadOnlySpan<double>)[0.5, 1.5, 2.5, 30, 1e6])
        {
            sum += StudentT.Tail(1.97, df, Alternative.TwoSided).Value;
            sum += StudentT.LogUpper(7, df);
            sum += StudentT.UpperQuantile(0.025, df) + StudentT.UpperQuantile(0.4, df);
        }

        return sum;
    }
}
