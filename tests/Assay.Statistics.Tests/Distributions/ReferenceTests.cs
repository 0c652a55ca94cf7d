using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

/// <summary>Every function beside references.csv.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Log_gamma() => Logs("log_gamma", row => GammaFunctions.LogGamma(row[0]));

    [Fact]
    public void The_normal_tail() => Logs("normal_upper", row => Normal.LogUpper(row[0]));

    [Fact]
    public void The_normal_quantiles()
    {
        Values("normal_upper_quantile", row => Normal.UpperQuantile(row[0]));
        Values("normal_quantile", row => Normal.Quantile(row[0]));
    }

    [Fact]
    public void Quantiles_of_tails_below_the_range_of_a_double()
    {
        Values("normal_logarithm_quantile", row => NormalQuantile.OfLogUpper(row[0]));
        Values("gamma_logarithm_quantile", row => GammaDistribution.LogUpperQuantile(row[0], row[1]));
    }

    [Fact]
    public void The_tail_of_Student() => Logs("student_upper", row => StudentT.LogUpper(row[0], row[1]));

    [Fact]
    public void The_quantile_of_Student() => Values("student_upper_quantile", row => StudentT.UpperQuantile(row[0], row[1]));

    [Fact]
    public void The_gamma_tails()
    {
        Logs("gamma_lower", row => GammaDistribution.LogLower(row[0], row[1]));
        Logs("gamma_upper", row => GammaDistribution.LogUpper(row[0], row[1]));
    }

    [Fact]
    public void The_gamma_quantiles()
    {
        Values("gamma_quantile", row => GammaDistribution.Quantile(row[0], row[1]));
        Values("gamma_upper_quantile", row => GammaDistribution.UpperQuantile(row[0], row[1]));
    }

    [Fact]
    public void The_chi_squared_is_a_gamma_of_half_the_degrees()
    {
        Logs("gamma_lower", row => ChiSquared.LogLower(2 * row[0], 2 * row[1]));
        Logs("gamma_upper", row => ChiSquared.LogUpper(2 * row[0], 2 * row[1]));
        Values("gamma_quantile", row => ChiSquared.Quantile(row[0], 2 * row[1]) / 2);
        Values("gamma_upper_quantile", row => ChiSquared.UpperQuantile(row[0], 2 * row[1]) / 2);
    }

    [Fact]
    public void The_beta_tails()
    {
        Logs("beta_lower", row => Beta.LogLower(row[0], row[1], row[2]));
        Logs("beta_upper", row => Beta.LogUpper(row[0], row[1], row[2]));
    }

    [Fact]
    public void The_beta_quantile() => Values("beta_quantile", row => Beta.Quantile(row[0], row[1], row[2]));

    [Fact]
    public void The_tails_of_Fisher()
    {
        Logs("fisher_lower", row => FisherF.LogLower(row[0], row[1], row[2]));
        Logs("fisher_upper", row => FisherF.LogUpper(row[0], row[1], row[2]));
        Values("fisher_quantile", row => FisherF.Quantile(row[0], row[1], row[2]));
    }

    [Fact]
    public void The_binomial()
    {
        Logs("binomial_mass", row => Binomial.LogMass(row.Count(0), row.Count(1), row[2]));
        Logs("binomial_lower", row => Binomial.LogLower(row.Count(0), row.Count(1), row[2]));
        Logs("binomial_upper", row => Binomial.LogUpper(row.Count(0), row.Count(1), row[2]));
    }

    [Fact]
    public void The_Poisson()
    {
        Logs("poisson_mass", row => Poisson.LogMass(row.Count(0), row[1]));
        Logs("poisson_lower", row => Poisson.LogLower(row.Count(0), row[1]));
        Logs("poisson_upper", row => Poisson.LogUpper(row.Count(0), row[1]));
    }

    [Fact]
    public void The_hypergeometric()
    {
        Logs("hypergeometric_mass", row => Hypergeometric.LogMass(row.Count(0), row.Count(1), row.Count(2), row.Count(3)));
        Logs("hypergeometric_lower", row => Hypergeometric.LogLower(row.Count(0), row.Count(1), row.Count(2), row.Count(3)));
        Logs("hypergeometric_upper", row => Hypergeometric.LogUpper(row.Count(0), row.Count(1), row.Count(2), row.Count(3)));
    }

    /// <summary>
    /// An absolute error of ln p is a relative error of p. Near p = 1 the digits of the logarithm itself count;
    /// beyond e^−1000 a double of the logarithm cannot carry the absolute error.
    /// </summary>
    private static void Logs(string function, Func<ReferenceRow, double> compute)
    {
        foreach (var row in ReferenceRow.Of(function))
        {
            var size = Math.Abs(row.Value);
            var scale =
                size < 1 ? size
                : size < 1000 ? 1
                : size / 1000;
            Math.Abs(compute(row) - row.Value).ShouldBeLessThanOrEqualTo(1e-12 * scale, row.Place);
        }
    }

    private static void Values(string function, Func<ReferenceRow, double> compute)
    {
        foreach (var row in ReferenceRow.Of(function))
        {
            Math.Abs(compute(row) - row.Value).ShouldBeLessThanOrEqualTo(1e-12 * Math.Abs(row.Value), row.Place);
        }
    }
}
