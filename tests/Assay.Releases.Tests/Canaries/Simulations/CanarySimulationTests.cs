namespace Assay.Releases.Tests.Canaries.Simulations;

/// <summary>The error rates of the judge, with fewer canaries than the bench, whose table is in the performance page.</summary>
public sealed class CanarySimulationTests
{
    [Theory]
    [InlineData(50, 5, 600)]
    [InlineData(200, 5, 600)]
    [InlineData(1_000, 25, 600)]
    public void Healthy_canaries_are_rolled_back_in_at_most_2_of_100(double perLook, int percent, int canaries)
    {
        var step = CanarySimulation.Run(new SimulatedTraffic(perLook, percent), canaries, seed: 11);
        Tell(perLook, percent, step);
        step.Share.ShouldBeLessThanOrEqualTo(0.02);
    }

    [Theory]
    [InlineData(200, 5)]
    [InlineData(1_000, 5)]
    [InlineData(1_000, 25)]
    public void Three_times_the_errors_are_found(double perLook, int percent)
    {
        var step = CanarySimulation.Run(new SimulatedTraffic(perLook, percent) { ErrorRise = 3 }, 400, seed: 12);
        Tell(perLook, percent, step);
        step.Share.ShouldBeGreaterThanOrEqualTo(0.95);
        step.MedianLook.ShouldNotBeNull();
    }

    [Fact]
    public void At_50_requests_a_look_a_gross_failure_is_found_at_the_first()
    {
        var step = CanarySimulation.Run(new SimulatedTraffic(50, 5) { ErrorRise = 120 }, 200, seed: 13);
        step.Share.ShouldBe(1);
        step.MedianLook.ShouldBe(1);
    }

    [Fact]
    public void Slower_answers_and_worse_ones_are_found_too()
    {
        CanarySimulation.Run(new SimulatedTraffic(200, 5) { LatencyRise = 1.5 }, 200, seed: 14).Share.ShouldBeGreaterThan(0.95);
        CanarySimulation.Run(new SimulatedTraffic(200, 5) { QualityLoss = 0.05 }, 200, seed: 15).Share.ShouldBeGreaterThan(0.95);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 1.2)]
    public void What_lies_at_its_margin_is_taken_for_proven_in_at_most_5_of_100(double errors, double latency)
    {
        var step = CanarySimulation.Run(new SimulatedTraffic(1_000, 5) { ErrorRise = errors, LatencyRise = latency }, 400, seed: 16);
        Tell(1_000, 5, step);
        // At twice the errors a canary is also worse than control, and mostly rolled back.
        ((double)step.Proven / step.Canaries).ShouldBeLessThanOrEqualTo(0.05);
    }

    private static void Tell(double perLook, int percent, SimulatedStep step) =>
        TestContext.Current.TestOutputHelper!.WriteLine($"{perLook} a look at {percent} %: {step}");
}
