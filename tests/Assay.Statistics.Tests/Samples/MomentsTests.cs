using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class MomentsTests
{
    private static readonly double[] Ten = [2.5, -1, 0.25, 8, 3, 3, -7.5, 100, 0, 1e-3];

    [Fact]
    public void An_offset_of_1e9_costs_no_digit_of_the_difference_of_means()
    {
        double[] control = [1e9 + 0.25, 1e9 + 0.5, 1e9 + 1];
        double[] treatment = [1e9 + 0.5, 1e9 + 1, 1e9 + 1.5];

        // 3 − 1.75 = 1.25 over 3 values.
        Moments.DifferenceOfMeans(Moments.Of(control), Moments.Of(treatment)).ShouldBe(1.25 / 3, 1e-16);
    }

    [Fact]
    public void An_empty_sample_has_no_figures()
    {
        var moments = Moments.Of([]);

        moments.ShouldBe(default);
        (moments.Variance, moments.StandardDeviation, moments.Skewness, moments.Kurtosis).ShouldBe((0, 0, null, null));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var values = new double[5000];
        Moments.Of(values);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var moments = Moments.Of(values);
        moments = Moments.Merge(moments, moments);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        moments.Count.ShouldBe(10_000);
    }

    [Fact]
    public void Ten_values_have_their_moments()
    {
        var moments = Moments.Of(Ten);

        (moments.Count, moments.NotFinite, moments.Min, moments.Max).ShouldBe((10, 0, -7.5, 100));
    }
}
