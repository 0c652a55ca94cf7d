using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class MomentsStateTests
{
    [Fact]
    public void A_state_read_back_gives_the_same_bits()
    {
        var random = new Random(20261);
        for (var round = 0; round < 200; round++)
        {
            var values = Enumerable.Range(0, random.Next(40)).Select(_ => (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-3, 9))).ToList();
            values.AddRange(round % 3 == 0 ? [double.NaN] : []);
            var moments = Moments.Of([.. values]);
            var back = Moments.FromState(moments.ToState());
            back.ToState().ShouldBe(moments.ToState());
            var more = Moments.Of([1.5, 2.25]);
            Moments.Merge(back, more).ToState().ShouldBe(Moments.Merge(moments, more).ToState());
        }
    }

    [Fact]
    public void Moments_of_nothing_and_of_a_summary_have_states_too()
    {
        Moments.FromState(default(Moments).ToState()).Count.ShouldBe(0);
        var summary = Moments.FromState(Moments.FromSummary(10, 5, 2).ToState());
        (summary.Count, summary.Mean, summary.M3).ShouldBe((10L, 5.0, (double?)null));
        summary.StandardDeviation.ShouldBe(2, 1e-12);
        Moments.FromState(Moments.Of([1e300, -1e300]).ToState()).M2.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void A_state_that_cannot_be_is_refused()
    {
        var good = Moments.Of([1, 2, 3]).ToState();
        MomentsState[] bad =
        [
            good with
            {
                Count = -1,
            },
            good with
            {
                NotFinite = -1,
            },
            good with
            {
                Mean = double.NaN,
            },
            good with
            {
                MeanRest = double.PositiveInfinity,
            },
            good with
            {
                M2 = -1,
            },
            good with
            {
                M2 = double.NaN,
            },
            good with
            {
                M2Rest = double.NaN,
            },
            good with
            {
                Min = 4,
            },
            good with
            {
                Max = double.PositiveInfinity,
            },
            good with
            {
                Min = double.NaN,
            },
            good with
            {
                Count = 0,
            },
        ];
        foreach (var state in bad)
        {
            Should.Throw<AssayException>(() => Moments.FromState(state)).ExitCode.ShouldBe(ExitCode.WrongUsage);
        }
    }
}
