using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

/// <summary>Ends of ranges, closed forms and the three alternatives.</summary>
public sealed class BoundaryTests
{
    private const double Never = double.NegativeInfinity;

    [Fact]
    public void Gamma_ends()
    {
        GammaDistribution.LogLower(0, 2).ShouldBe(Never);
        GammaDistribution.LogUpper(0, 2).ShouldBe(0);
        GammaDistribution.LogLower(-1, 2).ShouldBe(Never);
        GammaDistribution.LogLower(double.PositiveInfinity, 2).ShouldBe(0);
        GammaDistribution.LogUpper(double.PositiveInfinity, 2).ShouldBe(Never);
        ChiSquared.LogUpper(0, 1).ShouldBe(0);
    }

    [Fact]
    public void Beta_and_Fisher_ends()
    {
        Beta.LogLower(0, 2, 3).ShouldBe(Never);
        Beta.LogUpper(0, 2, 3).ShouldBe(0);
        Beta.LogLower(1, 2, 3).ShouldBe(0);
        Beta.LogUpper(1, 2, 3).ShouldBe(Never);
        FisherF.LogUpper(0, 2, 3).ShouldBe(0);
        FisherF.LogLower(0, 2, 3).ShouldBe(Never);
        FisherF.LogLower(double.PositiveInfinity, 2, 3).ShouldBe(0);
    }

    [Fact]
    public void Binomial_ends()
    {
        Binomial.LogMass(-1, 5, 0.2).ShouldBe(Never);
        Binomial.LogMass(6, 5, 0.2).ShouldBe(Never);
        Binomial.LogMass(0, 5, 0.2).ShouldBe(5 * Math.Log(0.8), 1e-15);
        Binomial.LogMass(5, 5, 0.2).ShouldBe(5 * Math.Log(0.2), 1e-15);
        Binomial.LogLower(-1, 5, 0.2).ShouldBe(Never);
        Binomial.LogUpper(-1, 5, 0.2).ShouldBe(0);
        Binomial.LogLower(5, 5, 0.2).ShouldBe(0);
        Binomial.LogUpper(5, 5, 0.2).ShouldBe(Never);
        Binomial.LogUpper(4, 5, 0.2).ShouldBe(5 * Math.Log(0.2), 1e-14);
        Binomial.LogLower(0, 5, 0.2).ShouldBe(5 * Math.Log(0.8), 1e-14);
    }

    [Fact]
    public void Poisson_ends()
    {
        Poisson.LogMass(-1, 3).ShouldBe(Never);
        Poisson.LogMass(0, 3).ShouldBe(-3);
        Poisson.LogLower(-1, 3).ShouldBe(Never);
        Poisson.LogUpper(-1, 3).ShouldBe(0);
        Poisson.LogLower(0, 3).ShouldBe(-3, 1e-14);
    }

    [Fact]
    public void Hypergeometric_ends()
    {
        // 8 drawn of 10, 5 of them successes: at least 3 successes are drawn.
        Hypergeometric.Least(8, 5, 10).ShouldBe(3);
        Hypergeometric.Most(8, 5, 10).ShouldBe(5);
        Hypergeometric.LogMass(2, 8, 5, 10).ShouldBe(Never);
        Hypergeometric.LogMass(6, 8, 5, 10).ShouldBe(Never);
        Hypergeometric.LogMass(3, 8, 5, 10).ShouldBe(Math.Log(10.0 / 45), 1e-14);
        Hypergeometric.LogMass(4, 8, 5, 10).ShouldBe(Math.Log(25.0 / 45), 1e-14);
        Hypergeometric.LogMass(5, 8, 5, 10).ShouldBe(Math.Log(10.0 / 45), 1e-14);
        Hypergeometric.LogLower(2, 8, 5, 10).ShouldBe(Never);
        Hypergeometric.LogLower(3, 8, 5, 10).ShouldBe(Math.Log(10.0 / 45), 1e-14);
        Hypergeometric.LogLower(4, 8, 5, 10).ShouldBe(Math.Log(35.0 / 45), 1e-14);
        Hypergeometric.LogLower(5, 8, 5, 10).ShouldBe(0);
        Hypergeometric.LogUpper(2, 8, 5, 10).ShouldBe(0);
        Hypergeometric.LogUpper(3, 8, 5, 10).ShouldBe(Math.Log(35.0 / 45), 1e-14);
        Hypergeometric.LogUpper(4, 8, 5, 10).ShouldBe(Math.Log(10.0 / 45), 1e-14);
        Hypergeometric.LogUpper(5, 8, 5, 10).ShouldBe(Never);
    }

    [Fact]
    public void Nothing_or_everything_drawn_is_certain()
    {
        Hypergeometric.LogMass(0, 0, 5, 10).ShouldBe(0);
        Hypergeometric.LogMass(5, 10, 5, 10).ShouldBe(0);
        Hypergeometric.LogMass(0, 4, 0, 10).ShouldBe(0, 1e-15);
        Hypergeometric.LogMass(4, 4, 10, 10).ShouldBe(0, 1e-15);
    }

    [Fact]
    public void Student_at_0_and_far_beyond_any_square()
    {
        StudentT.Upper(0, 3).ShouldBe(0.5, 1e-16);
        StudentT.UpperQuantile(0.5, 3).ShouldBe(0);
        StudentT.Quantile(0.5, 3).ShouldBe(0);

        // Of one degree the tail is atan(1/t)/π.
        StudentT.LogUpper(1e200, 1).ShouldBe(-Math.Log(Math.PI) - (200 * Math.Log(10)), 1e-12);
        StudentT.LogUpper(-1e200, 1).ShouldBe(-1e-200 / Math.PI, 1e-213);
        StudentT.UpperQuantile(1e-200, 0.1).ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Student_of_one_and_two_degrees_has_closed_quantiles()
    {
        foreach (var q in (double[])[1e-200, 1e-9, 0.01, 0.2499, 0.2501, 0.4, 0.499999])
        {
            var one = q < 0.25 ? 1 / Math.Tan(Math.PI * q) : Math.Tan(Math.PI * (0.5 - q));
            Math.Abs((StudentT.UpperQuantile(q, 1) / one) - 1).ShouldBeLessThan(1e-13);
            var two = (1 - (2 * q)) / Math.Sqrt(2 * q * (1 - q));
            Math.Abs((StudentT.UpperQuantile(q, 2) / two) - 1).ShouldBeLessThan(1e-12);
        }
    }

    [Fact]
    public void Quantiles_of_both_sides_mirror()
    {
        StudentT.UpperQuantile(0.975, 7).ShouldBe(-StudentT.UpperQuantile(1 - 0.975, 7));
        StudentT.Quantile(0.01, 7).ShouldBe(-StudentT.UpperQuantile(0.01, 7));
        Normal.UpperQuantile(0.01).ShouldBe(-Normal.Quantile(0.01));
        Beta.UpperQuantile(0.01, 2, 9).ShouldBe(1 - Beta.Quantile(0.01, 9, 2), 1e-15);
        FisherF.UpperQuantile(0.01, 4, 9).ShouldBe(1 / FisherF.Quantile(0.01, 9, 4), 1e-12);
        GammaDistribution.UpperQuantile(0.75, 4).ShouldBe(GammaDistribution.Quantile(0.25, 4), 1e-13);
        ChiSquared.UpperQuantile(0.75, 4).ShouldBe(ChiSquared.Quantile(0.25, 4), 1e-13);
    }

    [Fact]
    public void Quantiles_of_tiny_shapes_reach_0()
    {
        GammaDistribution.Quantile(1e-300, 0.001).ShouldBe(0);
        Beta.Quantile(1e-300, 0.001, 3).ShouldBe(0);
        Beta.UpperQuantile(1e-300, 3, 0.001).ShouldBe(1);
    }

    [Theory]
    [InlineData(1.3, Alternative.Greater, 1.3)]
    [InlineData(-1.3, Alternative.Greater, -1.3)]
    [InlineData(1.3, Alternative.Less, -1.3)]
    public void One_sided_p_values_are_one_tail(double statistic, Alternative alternative, double upper)
    {
        Normal.Tail(statistic, alternative).Log10.ShouldBe(Normal.LogUpper(upper) / Math.Log(10), 1e-15);
        StudentT.Tail(statistic, 5, alternative).Log10.ShouldBe(StudentT.LogUpper(upper, 5) / Math.Log(10), 1e-15);
    }

    [Theory]
    [InlineData(1.3)]
    [InlineData(-1.3)]
    public void Two_sided_p_values_are_twice_the_outer_tail(double statistic)
    {
        Normal.Tail(statistic, Alternative.TwoSided).Value.ShouldBe(2 * Normal.Upper(1.3), 1e-15);
        StudentT.Tail(statistic, 5, Alternative.TwoSided).Value.ShouldBe(2 * StudentT.Upper(1.3, 5), 1e-15);
        Normal.Tail(0, Alternative.TwoSided).Value.ShouldBe(1);
        StudentT.Tail(0, 5, Alternative.TwoSided).Value.ShouldBe(1);
    }

    [Fact]
    public void Lower_tails_are_mirrored_upper_tails()
    {
        Normal.Lower(1.3).ShouldBe(Normal.Upper(-1.3));
        Normal.LogLower(1.3).ShouldBe(Normal.LogUpper(-1.3));
        StudentT.Lower(1.3, 4).ShouldBe(StudentT.Upper(-1.3, 4));
        StudentT.LogLower(1.3, 4).ShouldBe(StudentT.LogUpper(-1.3, 4));
        Normal.LogDensity(1.5).ShouldBe(-1.125 - (Math.Log(2 * Math.PI) / 2), 1e-15);
    }

    [Fact]
    public void Statistics_that_speak_when_large_take_the_upper_tail()
    {
        ChiSquared.Tail(3, 7).Log10.ShouldBe(ChiSquared.LogUpper(3, 7) / Math.Log(10), 1e-16);
        FisherF.Tail(3, 7, 9).Log10.ShouldBe(FisherF.LogUpper(3, 7, 9) / Math.Log(10), 1e-16);
    }
}
