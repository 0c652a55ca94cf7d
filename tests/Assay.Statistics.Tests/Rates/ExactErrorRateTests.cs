using Assay.Statistics.Distributions;
using Assay.Statistics.Rates;
using Assay.Statistics.Tables;

namespace Assay.Statistics.Tests.Rates;

// No simulation: every outcome of small samples is weighed with its binomial mass.
public sealed class ExactErrorRateTests
{
    private const int Trials = 20;

    public static TheoryData<double> Rates => [.. Enumerable.Range(1, 49).Select(hundredths => hundredths / 50.0)];

    [Theory]
    [MemberData(nameof(Rates))]
    public void Clopper_Pearson_covers_every_rate_in_95_of_100_samples(double rate) =>
        Coverage(rate, k => RateInterval.ClopperPearson(k, Trials)).ShouldBeGreaterThanOrEqualTo(0.95);

    [Fact]
    public void Wilson_covers_95_of_100_on_average_and_never_below_83()
    {
        var coverages = Enumerable.Range(1, 999).Select(thousandths => Coverage(thousandths / 1000.0, k => RateInterval.Wilson(k, Trials))).ToArray();

        coverages.Average().ShouldBeInRange(0.945, 0.955);
        coverages.Min().ShouldBeGreaterThan(0.83);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Newcombe_covers_a_difference_of_0_in_95_of_100(double rate) =>
        OverPairs(rate, (x, y) => RateDifference.Newcombe(x, Trials, y, Trials).Answer().Interval!.Value.Contains(0)).ShouldBeInRange(0.94, 0.995);

    [Theory]
    [InlineData(Alternative.TwoSided)]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    public void Fishers_test_gives_at_most_5_false_alarms_in_100(Alternative alternative)
    {
        foreach (var rate in new[] { 0.1, 0.3, 0.5, 0.8 })
        {
            OverPairs(
                    rate,
                    (x, y) =>
                        IsAlarm(
                            FisherExactTest.Test(
                                new[,]
                                {
                                    { x, Trials - x },
                                    { y, Trials - y },
                                },
                                alternative
                            )
                        )
                )
                .ShouldBeInRange(0, 0.05);
        }
    }

    [Theory]
    [InlineData(Alternative.TwoSided)]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    public void McNemars_test_gives_at_most_5_false_alarms_in_100(Alternative alternative)
    {
        for (var differing = 0L; differing <= Trials; differing++)
        {
            Over(differing, 0.5, k => IsAlarm(McNemarTest.Test(differing - k, k, Trials, alternative: alternative))).ShouldBeInRange(0, 0.05);
        }
    }

    private static bool IsAlarm(StatisticResult test) => test.AsComputed?.P is { } p && p.IsAtMost(0.05);

    private static double Coverage(double rate, Func<long, StatisticResult> interval) =>
        Over(Trials, rate, k => interval(k).Answer().Interval!.Value.Contains(rate));

    private static double OverPairs(double rate, Func<long, long, bool> holds)
    {
        var sum = 0.0;
        for (var x = 0L; x <= Trials; x++)
        {
            var control = x;
            sum += Math.Exp(Binomial.LogMass(x, Trials, rate)) * Over(Trials, rate, y => holds(control, y));
        }

        return sum;
    }

    private static double Over(long trials, double rate, Func<long, bool> holds)
    {
        var sum = 0.0;
        for (var k = 0L; k <= trials; k++)
        {
            sum += holds(k) ? Math.Exp(Binomial.LogMass(k, trials, rate)) : 0;
        }

        return sum;
    }
}
