using Assay.Statistics.Samples;
using Assay.Statistics.Sequential;

namespace Assay.Statistics.Tests.Sequential;

public sealed class MeanConfidenceSequenceTests
{
    [Fact]
    public void Five_thousand_values_per_arm_give_the_published_interval_and_p()
    {
        var result = MeanConfidenceSequence.Compare(Moments.FromSummary(5000, 10, 5), Moments.FromSummary(5000, 10.3, 5)).AsComputed.ShouldNotBeNull();

        // mpmath, 60 digits.
        result.Interval!.Value.Low!.Value.ShouldBe(-0.006147721886740978, 1e-14);
        result.Interval!.Value.High!.Value.ShouldBe(0.6061477218867424, 1e-14);
        result.P!.Value.Value.ShouldBe(0.0595788924831377, 1e-13);
        result.P!.Value.Log10.ShouldBe(-1.2249075741812714, 1e-12);
        result.N.ShouldBe(10_000);
    }

    [Fact]
    public void A_million_values_without_a_difference_are_no_evidence()
    {
        var result = MeanConfidenceSequence.Compare(Moments.FromSummary(500_000, 1, 1), Moments.FromSummary(500_000, 1.0005, 1)).AsComputed.ShouldNotBeNull();

        result.Interval!.Value.Low!.Value.ShouldBe(-0.006813072932369668, 1e-14);
        result.Interval!.Value.High!.Value.ShouldBe(0.007813072932369557, 1e-14);
        result.P!.Value.Value.ShouldBe(1);
        result.P!.Value.Log10.ShouldBe(0);
    }
}
