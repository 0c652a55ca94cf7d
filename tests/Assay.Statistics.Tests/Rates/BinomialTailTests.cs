using Assay.Statistics.Rates;

namespace Assay.Statistics.Tests.Rates;

public sealed class BinomialTailTests
{
    [Theory]
    [InlineData(1, 1, 0.001, 0.001)]
    [InlineData(3, 3, 0.001, 1e-9)]
    // 1 − 0.9^10 − 10 · 0.1 · 0.9^9
    [InlineData(2, 10, 0.1, 0.2639010709)]
    [InlineData(11, 10, 0.1, 0)]
    [InlineData(0, 10, 0.1, 1)]
    public void The_tail_is_that_of_the_binomial(long count, long trials, double rate, double probability) =>
        Math.Pow(10, BinomialTail.Log10AtLeast(count, trials, rate)).ShouldBe(probability, (probability * 1e-9) + 1e-300);

    [Theory]
    [InlineData(1e-7, 20, 0.001)]
    [InlineData(0.05, 1000, 0.3)]
    [InlineData(1e-6, 0, 0.5)]
    [InlineData(1e-6, 1, 0.001)]
    public void The_least_rare_count_is_rare_and_the_one_before_is_not(double probability, long trials, double rate)
    {
        var least = BinomialTail.LeastRare(probability, trials, rate);
        BinomialTail.Log10AtLeast(least, trials, rate).ShouldBeLessThanOrEqualTo(Math.Log10(probability));
        BinomialTail.Log10AtLeast(least - 1, trials, rate).ShouldBeGreaterThan(Math.Log10(probability));
    }

    [Fact]
    public void What_is_no_rate_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => BinomialTail.Log10AtLeast(1, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => BinomialTail.Log10AtLeast(1, -1, 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => BinomialTail.Log10AtLeast(1, 1, 1)).Message.ShouldContain("A rate lies between 0 and 1");
        Should.Throw<ArgumentOutOfRangeException>(() => BinomialTail.LeastRare(1, 1, 0.5)).Message.ShouldContain("A probability lies between 0 and 1");
        Should.Throw<ArgumentOutOfRangeException>(() => BinomialTail.LeastRare(0, 1, 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => BinomialTail.LeastRare(0.1, 1, 2));
    }
}
