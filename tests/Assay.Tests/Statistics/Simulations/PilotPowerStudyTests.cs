using Assay.Statistics;
using Assay.Statistics.Distributions;
using Assay.Statistics.Planning;

namespace Assay.Tests.Statistics.Simulations;

/// <summary>What a plan after a pilot is worth, by simulation.</summary>
public sealed class PilotPowerStudyTests
{
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
