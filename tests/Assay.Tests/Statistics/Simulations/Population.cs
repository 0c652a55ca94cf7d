using Assay.Statistics.Resampling;
using Gauss = Assay.Statistics.Distributions.Normal;

namespace Assay.Tests.Statistics.Simulations;

/// <summary>Where simulated values come from, with the true mean and quantiles.</summary>
internal sealed record Population(string Name, double Mean, Func<double, double> Quantile, Func<SeededRandom, double> Draw)
{
    /// <summary>Mean 10, variance 1.</summary>
    public static Population Normal { get; } = new("normal", 10, p => 10 + Gauss.Quantile(p), random => 10 + random.NextNormal());

    /// <summary>exp(Z): skewness 6.2, as latencies are.</summary>
    public static Population LogNormal { get; } = new("log-normal", Math.Exp(0.5), p => Math.Exp(Gauss.Quantile(p)), random => Math.Exp(random.NextNormal()));

    /// <summary>Skewness 2.</summary>
    public static Population Exponential { get; } = new("exponential", 1, p => -double.LogP1(-p), random => -Math.Log(1 - random.NextUnit()));

    /// <summary>1 with probability <paramref name="rate"/>, else 0.</summary>
    public static Population Bernoulli(double rate) => new($"events at {rate:P0}", rate, p => p > 1 - rate ? 1 : 0, random => random.NextUnit() < rate ? 1 : 0);

    /// <summary>Fills the values with draws.</summary>
    public void Fill(Span<double> values, SeededRandom random)
    {
        foreach (ref var value in values)
        {
            value = Draw(random);
        }
    }
}
