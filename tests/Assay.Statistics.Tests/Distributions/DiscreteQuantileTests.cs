using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

/// <summary>Levels that counts meet exactly, and starts that lie far off.</summary>
public sealed class DiscreteQuantileTests
{
    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(0.26, 1)]
    [InlineData(0.74, 1)]
    [InlineData(0.76, 2)]
    [InlineData(0.999999, 2)]
    [InlineData(1e-300, 0)]
    public void Two_coins(double level, long k)
    {
        Binomial.Quantile(level, 2, 0.5).ShouldBe(k);
        Binomial.UpperQuantile(1 - level, 2, 0.5).ShouldBe(level == 1e-300 ? 0 : k);
    }

    // scipy 1.10.1: binom.ppf and binom.isf, poisson.ppf and poisson.isf
    [Fact]
    public void Counts_of_a_million_trials()
    {
        Binomial.Quantile(0.025, 1_000_000, 0.001).ShouldBe(939);
        Binomial.UpperQuantile(1e-12, 1_000_000, 0.001).ShouldBe(1230);
        Poisson.Quantile(0.025, 1000).ShouldBe(938);
        Poisson.UpperQuantile(1e-12, 1000).ShouldBe(1230);
    }

    [Fact]
    public void A_rare_event_starts_far_from_its_quantile()
    {
        // P(K > 0) = 1e-9 and P(K > 1) = 5e-19, in a million trials of 1e-15 each.
        Binomial.UpperQuantile(1e-8, 1_000_000, 1e-15).ShouldBe(0);
        Binomial.UpperQuantile(1e-10, 1_000_000, 1e-15).ShouldBe(1);
        Binomial.UpperQuantile(1e-18, 1_000_000, 1e-15).ShouldBe(1);
        Binomial.UpperQuantile(1e-19, 1_000_000, 1e-15).ShouldBe(2);

        // P(K > 9) = 2.8e-97 and P(K > 10) = 2.5e-107.
        Poisson.UpperQuantile(1e-100, 1e-9).ShouldBe(10);
    }
}
