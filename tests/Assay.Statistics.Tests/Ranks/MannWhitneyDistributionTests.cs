using Assay.Statistics.Ranks;

namespace Assay.Statistics.Tests.Ranks;

public sealed class MannWhitneyDistributionTests
{
    // Whole-number counts (the coefficients of the Gaussian binomial) divided by C(n + m, n), by mpmath with 40 digits.
    [Theory]
    [InlineData(3, 3, 0, 0.05)]
    [InlineData(4, 5, 3, 0.055555555555555555556)]
    [InlineData(8, 12, 20, 0.015710089703897753433)]
    [InlineData(7, 9, 31, 0.5)]
    [InlineData(7, 9, 32, 0.54090909090909090909)]
    [InlineData(5, 300, 100, 0.000047753867891932118087)]
    public void The_lower_tail_has_its_digits(int n, int m, long k, double expected)
    {
        (new MannWhitneyDistribution(n, m).Lower(k) / expected).ShouldBe(1, tolerance: 1e-13);
        (new MannWhitneyDistribution(m, n).Lower(k) / expected).ShouldBe(1, tolerance: 1e-13);
    }

    [Fact]
    public void A_hundred_values_an_arm_keep_their_digits()
    {
        var distribution = new MannWhitneyDistribution(100, 100);

        (distribution.Lower(0) / 1.1043803465997512774e-59).ShouldBe(1, tolerance: 1e-13);
        (distribution.Lower(3000) / 3.3857653322490882228e-7).ShouldBe(1, tolerance: 1e-13);
        distribution.Lower(4999).ShouldBe(0.499513714132708118, tolerance: 1e-14);
        distribution.Lower(5000).ShouldBe(0.500486285867291882, tolerance: 1e-14);
        distribution.Lower(5001).ShouldBe(0.50145885472478455079, tolerance: 1e-14);
        distribution.Rank(0.025).ShouldBe(4198);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(3, 5)]
    public void The_tail_runs_from_nothing_to_everything(int n, int m)
    {
        var distribution = new MannWhitneyDistribution(n, m);

        distribution.Lower(-1).ShouldBe(0);
        distribution.Lower(n * m).ShouldBe(1);
        distribution.Lower((n * m) - 1).ShouldBe(1 - distribution.Lower(0), tolerance: 1e-15);
    }

    // By the same counts: the largest r with P(U < r) ≤ tail. 4 and 5: Lehmann 1975, table B.
    [Theory]
    [InlineData(4, 5, 0.025, 2)]
    [InlineData(10, 10, 0.025, 24)]
    [InlineData(20, 30, 0.025, 201)]
    [InlineData(3, 3, 0.05, 1)]
    [InlineData(3, 3, 0.0499999, 0)]
    [InlineData(3, 3, 0.025, 0)]
    public void A_tail_has_its_rank(int n, int m, double tail, long rank) => new MannWhitneyDistribution(n, m).Rank(tail).ShouldBe(rank);

    // 2·1 pairs: P(U = 0) = P(U = 1) = 1/3, so that a tail of nearly one half covers the first only, and the whole lower half ends the count.
    [Theory]
    [InlineData(0.49, 1)]
    [InlineData(0.7, 2)]
    [InlineData(0.9, 2)]
    public void A_rank_stays_in_the_lower_half(double tail, long rank) => new MannWhitneyDistribution(1, 2).Rank(tail).ShouldBe(rank);
}
