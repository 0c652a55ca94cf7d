using Assay.Statistics.Distributions;
using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class PilotPowerTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void A_pilot_without_end_plans_as_if_the_deviation_were_known(double effect)
    {
        var known = ((PowerPlan)PairedPower.SampleSize(effect, 0.05, 0.8, Alternative.Greater)).ControlSize;
        PilotPower.SampleSize(effect, 1e7, 0.05, 0.8)!.Value.ShouldBe(known, 1);
    }

    [Fact]
    public void The_smaller_the_pilot_the_more_is_announced()
    {
        double[] sizes = [.. new double[] { 500, 60, 20, 8, 3 }.Select(df => PilotPower.SampleSize(0.2, df, 0.05, 0.8)!.Value)];
        sizes.ShouldBe(sizes.Order());
        // At 20 degrees, by scipy: the root in n of nct.cdf(0.2·√n, 20, t.ppf(0.95, n − 1)) = 0.8.
        sizes[2].ShouldBe(168.428483, 1e-4);
    }

    [Fact]
    public void Without_an_effect_no_size_is_enough() => PilotPower.SampleSize(1e-9, 20, 0.05, 0.8).ShouldBeNull();

    // Over pilots and runs, both drawn: 80 % ± 4 standard errors. A plan that takes the pilot's deviation for the truth reaches less.
    [Fact]
    public void Over_all_pilots_the_power_is_what_was_promised()
    {
        const int Pilot = 10;
        const int Rounds = 1_000;
        const double Distance = 0.4;
        var random = new Random(20_268);
        var (found, naive) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var effect = Distance / Deviation(Draw(Pilot));
            found += IsFound(PilotPower.SampleSize(effect, Pilot - 1, 0.05, 0.8)!.Value) ? 1 : 0;
            naive += IsFound(((PowerPlan)PairedPower.SampleSize(effect, 0.05, 0.8, Alternative.Greater)).ControlSize) ? 1 : 0;
        }

        (found / (double)Rounds).ShouldBe(0.8, 0.0506);
        naive.ShouldBeLessThan(found);

        double[] Draw(int n) =>
            [.. Enumerable.Range(0, n).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

        bool IsFound(double size)
        {
            var values = Draw((int)Math.Ceiling(size));
            return (values.Average() + Distance) / (Deviation(values) / Math.Sqrt(values.Length)) > StudentT.UpperQuantile(0.05, values.Length - 1);
        }

        static double Deviation(double[] values) => Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1));
    }
}
