namespace Assay.Tests.Statistics.Simulations;

/// <summary>
/// Error rates by seeded simulation, small enough for every test run. The bench named "statistics" repeats them at full size.
/// A bound of 95 % or 5 % is widened by three standard errors of the simulation where the true rate may lie on it.
/// </summary>
public sealed class ErrorRatesTests
{
    private const long Seed = 20_261;

    private static readonly Population[] AnyData = [Population.Normal, Population.LogNormal, Population.Exponential];

    public static TheoryData<string> AsymptoticNames => [.. IntervalMethods.Asymptotic.Select(m => m.Name)];

    public static TheoryData<string> ExactNames => [.. IntervalMethods.Exact.Select(m => m.Name)];

    public static TheoryData<string> ValueTests => [.. TestMethods.OfValues.Select(m => m.Name)];

    public static TheoryData<string> DrawnTests => [.. TestMethods.ByDraws.Select(m => m.Name)];

    public static TheoryData<string> RateTests => [.. TestMethods.OfRates.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(AsymptoticNames))]
    public void Asymptotic_intervals_cover_94_to_96_percent_of_normal_data(string name) =>
        Study.Coverage(IntervalMethods.Asymptotic.Single(m => m.Name == name), Population.Normal, 200, 6000, Seed).Share.ShouldBeInRange(0.94, 0.96);

    [Fact]
    public void The_bootstrap_covers_94_to_96_percent_of_normal_data() =>
        Study.Coverage(IntervalMethods.Bootstrapped, Population.Normal, 60, 1500, Seed).Share.ShouldBeInRange(0.94, 0.96);

    [Theory]
    [MemberData(nameof(ExactNames))]
    public void Exact_intervals_of_quantiles_cover_at_least_95_percent_of_any_data(string name)
    {
        foreach (var population in AnyData)
        {
            var coverage = Study.Coverage(IntervalMethods.Exact.Single(m => m.Name == name), population, 60, 4000, Seed);
            coverage.Share.ShouldBeGreaterThanOrEqualTo(0.95 - coverage.Noise(0.95), population.Name);
        }
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Clopper_Pearson_covers_at_least_95_percent(double rate)
    {
        var coverage = Study.Coverage(TestMethods.RateIntervals.Single(m => m.Name == "Clopper-Pearson"), Population.Bernoulli(rate), 80, 4000, Seed);
        coverage.Share.ShouldBeGreaterThanOrEqualTo(0.95 - coverage.Noise(0.95));
    }

    [Theory]
    [MemberData(nameof(ValueTests))]
    public void Tests_of_values_raise_at_most_5_percent_false_alarms(string name) =>
        ShouldBeAtMost5Percent(Study.FalseAlarms(TestMethods.OfValues.Single(m => m.Name == name), Population.Normal, 40, 6000, Seed));

    [Theory]
    [MemberData(nameof(DrawnTests))]
    public void Tests_by_draws_raise_at_most_5_percent_false_alarms_on_skewed_data(string name) =>
        ShouldBeAtMost5Percent(Study.FalseAlarms(TestMethods.ByDraws.Single(m => m.Name == name), Population.LogNormal, 15, 3000, Seed));

    [Theory]
    [MemberData(nameof(RateTests))]
    public void Tests_of_rates_raise_at_most_5_percent_false_alarms(string name) =>
        ShouldBeAtMost5Percent(Study.FalseAlarms(TestMethods.OfRates.Single(m => m.Name == name), Population.Bernoulli(0.3), 300, 3000, Seed));

    [Fact]
    public void Twenty_looks_raise_at_most_5_percent_false_alarms_with_a_sequence_and_about_24_with_Welch()
    {
        Peeking.FalseAlarms(LookMethod.Welch, Population.Normal, 20, 250, 1200, Seed).Share.ShouldBeInRange(0.20, 0.28);
        foreach (var method in new[] { LookMethod.ConfidenceSequence, LookMethod.OneSidedSequence })
        {
            Peeking.FalseAlarms(method, Population.Normal, 20, 250, 1200, Seed).Share.ShouldBeLessThanOrEqualTo(0.05, method.Name);
            Peeking.FalseAlarms(method, Population.LogNormal, 20, 250, 600, Seed).Share.ShouldBeLessThanOrEqualTo(0.05, method.Name);
        }
    }

    [Fact]
    public void Twenty_looks_at_rare_events_raise_at_most_5_percent_false_alarms()
    {
        foreach (var method in new[] { LookMethod.RateRatio, LookMethod.RateDifference })
        {
            Peeking.FalseAlarms(method, Population.Bernoulli(0.01), 20, 50, 1200, Seed).Share.ShouldBeLessThanOrEqualTo(0.05, method.Name);
        }
    }

    private static void ShouldBeAtMost5Percent(Frequency alarms) => alarms.Share.ShouldBeLessThanOrEqualTo(0.05 + alarms.Noise(0.05));
}
